"""What a release is, and when to believe it."""
