"""Slice: whether the cloud lives."""
