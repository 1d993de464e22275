"""Placeholder."""

from dialogue import frame

head = frame.page("", "What changed", "")
head.link()
