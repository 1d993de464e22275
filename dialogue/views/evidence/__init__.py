"""Views of the section Evidence and of the overview: map, trends, obligations, treaties.

May use: `views` beside it and the rooms below. Open first: `overview.py`.
"""
