"""Waiting for what others do: one look at the database for everybody in this process who waits."""
