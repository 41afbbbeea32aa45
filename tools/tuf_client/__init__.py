"""The client of the updates, spoken to as the public TUF conformance suite speaks to clients."""
