"""What agents and people report: a batch of events, a verdict for each."""
