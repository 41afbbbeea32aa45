"""Slice: Review, the candidate panel, the history, and the search for anyone."""
