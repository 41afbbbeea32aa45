"""The only writer of events and of how candidates stand now."""
