"""Looking for a new version, fetching it, and making it ready beside the one that runs."""
