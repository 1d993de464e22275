"""The profile of a State, of one or of several side by side.

May use: `views` beside it and the rooms below. Open first: `profile.py`.
"""
