"""Slice: the bytes of resumes, their links and the office's file store."""
