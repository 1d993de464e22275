"""Views on the data themselves: documents, dictionary, changes, freshness.

May use: `views` beside it and the rooms below. Open first: `documents.py`.
"""
