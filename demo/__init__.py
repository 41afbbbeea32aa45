"""A simulated portal, and everything of the product on one machine with synthetic people. Never shipped."""
