"""What of an office's running wants somebody to do something."""
