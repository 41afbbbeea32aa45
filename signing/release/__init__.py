"""Private keys of those who release: opened by address, used to sign, never part of what is installed."""
