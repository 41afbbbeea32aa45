"""What the product's speed is, each measured beside a named peer in the same run: ``python -m benchmarks``."""
