"""Taking away: a view, a deck, a State or all tables as a file of somebody else's program.

May use: `present` and below; never Streamlit. Open first: `files.py`, which knows every format; then `contents.py`.
"""
