"""Exports made on this computer: its own files first, then the office's."""
