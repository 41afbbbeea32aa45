"""The thread that owns the portal, and what the rest of the agent may ask of it."""
