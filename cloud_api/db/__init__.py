"""Postgres: connections, transactions of a caller, named SQL, migrations."""
