"""Slice: download jobs and their progress."""
