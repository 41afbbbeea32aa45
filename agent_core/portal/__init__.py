"""The job portal in a real browser, relying on the facts of the portal's contract alone."""
