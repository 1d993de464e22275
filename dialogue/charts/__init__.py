"""Builders of views: each function asks queries and returns one view."""
