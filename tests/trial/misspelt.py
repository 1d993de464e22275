"""A page that Python cannot even read."""

this is not Python, do not show this
