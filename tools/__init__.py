"""Small programs for developers and examiners. Never shipped."""
