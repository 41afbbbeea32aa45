"""Slice: signing in, and who one is."""
