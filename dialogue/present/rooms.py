"""Who may open a room that phones follow: whoever has the key that the operator of the server set."""

import os
import secrets

SETTING = "DIALOGUE_ROOMS"  # the key of the presenters; without it no rooms are opened
SHORTEST = 12  # letters: what is shorter can be guessed


def may_open(key: str) -> bool:
    """Whether this is the key of the presenters; never, where none is set or it is too short to be one."""
    wanted = os.environ.get(SETTING, "").strip()
    return len(wanted) >= SHORTEST and secrets.compare_digest(key.encode(), wanted.encode())
