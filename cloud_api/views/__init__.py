"""Slice: the lists of the dashboard that a person gave a name."""
