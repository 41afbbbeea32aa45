"""The agent: from the job portal to files on this computer to the office's cloud.

Use cases (`downloads`, `outbox`, `facts`) see `ports` only; adapters (`portal`, `files`, `store`, `cloud`,
`keychain`) implement them; `bootstrap` joins them; `runtime` owns the threads.
"""

VERSION = "0.1.0"
"""The product's version, as `pyproject.toml` has it."""
