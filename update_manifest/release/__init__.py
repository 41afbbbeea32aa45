"""The release managers' commands. Never shipped."""
