"""The office's shared half: a Flask API over Postgres with row-level security and private storage.

Vertical slices that do not know each other stand over `ledger` (append an event and keep the current state
in one transaction), `auth` (who asks) and `db` (units of work). `app` puts a process together.
"""

__version__ = "0.1.0"
