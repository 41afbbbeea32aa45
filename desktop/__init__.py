"""The installed program: the window around the agent."""
