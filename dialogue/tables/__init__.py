"""The CSV tables: how they are described, checked, corrected, written and made a database.

May use: nothing of this package. Open first: `package.py` (the description), then `check.py`.
"""
