"""What people install NjordHR with: an installer for Windows, two packages for Linux, one for macOS."""
