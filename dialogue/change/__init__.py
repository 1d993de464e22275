"""What differs between two states of the data and what follows from it: figures, notes, releases, the desk.

May use: `words` and below. Open first: `difference.py` (rows), then `impact.py` (figures).
"""
