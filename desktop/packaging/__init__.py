"""Making the bundle and the installers. Never shipped itself."""
