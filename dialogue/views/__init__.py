"""Views: a finding with its figure, its table and its sources, built for a reader, without a screen.

May use: `change` and below; never Streamlit. Open first: `view.py`; a folder stands for a section of the menu.
"""
