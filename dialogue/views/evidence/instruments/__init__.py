"""Moved; its parts follow.

May use: `views` beside it and the rooms below. Open first: `words.py`.
"""

from dialogue.views.evidence.instruments.table import *  # noqa: F403
