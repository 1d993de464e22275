"""Everything that calls Streamlit to draw: the frame of a page, tables to click, links, the desk.

May use: `views` and below. Open first: `frame.py` (how a view stands on a page), then `visit.py`.
"""
