"""Files that a spreadsheet program made, read as tables; and tables handed out as workbooks.

May use: `tables`. Open first: `incoming.py` (a file), `reading.py` (a workbook), `cells.py` (a cell).
"""
