"""The cloud as the agent speaks to it: as this computer (gateway, heartbeat) and for its person (people)."""
