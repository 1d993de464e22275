"""Placeholder."""

from dialogue import frame

head = frame.page("", "Data desk", "")
head.link()
