"""Placeholder."""

from dialogue import frame

head = frame.page("", "Freshness", "")
head.link()
