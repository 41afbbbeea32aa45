"""Slice: reading the audit log."""
