"""Presenting: decks of views, and the pack that the player (static/player) draws on the server, in frames and offline.

May use: `views` and below; never Streamlit. Open first: `decks.py`, then `pack.py`.
"""
