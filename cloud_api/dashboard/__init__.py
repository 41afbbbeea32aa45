"""Slice: the dashboard that the whole office shares."""
