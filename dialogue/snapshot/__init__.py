"""One state of the data and what is asked of it: which one a server shows, for whom, by which query.

May use: `intake`, `tables`. Open first: `store.py`, then `reader.py` and `queries.py`.
"""
