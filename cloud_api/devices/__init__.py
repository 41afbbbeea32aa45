"""Slice: pairing and the computers of an office."""
