"""Keys, thresholds and the verification of signed bytes."""
