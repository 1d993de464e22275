"""What the web server adds to Streamlit: files, headers, routes, the warm start.

May use: every room below. Open first: `server.py`.
"""
