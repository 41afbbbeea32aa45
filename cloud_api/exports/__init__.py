"""Slice: exports of people and their resumes."""
