"""What the product's speed is, each measured beside a named peer in one run: ``python -m benchmarks``."""
