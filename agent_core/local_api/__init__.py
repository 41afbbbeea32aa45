"""The local API on 127.0.0.1 (specification, 8.2), behind one guard, with the web UI beside it."""
