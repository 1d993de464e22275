"""Moved; its parts follow.

May use: `views` beside it and the rooms below. Open first: `words.py`.
"""

from dialogue.views.evidence.panels.figure import *  # noqa: F403
