"""Releases that this server hands on, and how updates of the office's computers ended."""
