"""Resumes on this computer's disk: whole or not at all, under names that are legal on every system."""
