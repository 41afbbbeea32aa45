"""The versions on the disk: where they are, which one starts, what became of each."""
