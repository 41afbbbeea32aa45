"""Make the secrets of ``deploy/compose.yaml``, each once: ``python3 deploy/make_secrets.py``.

What is there stays as it is. The files are for the server's administrator and the containers only.
"""

import json
import os
import secrets
import sys
from pathlib import Path

FOLDER = Path(__file__).with_name("secrets")


def main(folder: Path = FOLDER) -> int:
    """Write the files that are missing."""
    folder.mkdir(mode=0o700, exist_ok=True)
    owner = _kept(folder, "postgres_password", secrets.token_urlsafe(32))
    login = _kept(folder, "api_password", secrets.token_urlsafe(32))
    key = _kept(folder, "s3_secret_key", secrets.token_urlsafe(32))
    _kept(folder, "admin_url", f"postgresql://postgres:{owner}@postgres/njordhr")
    _kept(folder, "drill_url", f"postgresql://postgres:{owner}@postgres/njordhr_drill")
    _kept(folder, "database_url", f"postgresql://njordhr_api:{login}@postgres/njordhr")
    _kept(folder, "s3_users", json.dumps(_users(key), indent=2))
    sys.stdout.write(f"secrets are in {folder}\n")
    return 0


def _kept(folder: Path, name: str, value: str) -> str:
    path = folder / name
    if path.exists():
        return path.read_text(encoding="utf-8").strip()
    # Containers' users read the file as it is mounted; on the server the folder is closed.
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o444)
    with os.fdopen(descriptor, "w", encoding="utf-8") as target:
        target.write(value + "\n")
    return value


def _users(key: str) -> dict[str, object]:
    actions = [f"{action}:resumes" for action in ("Read", "Write", "List")]
    credentials = [{"accessKey": "njordhr", "secretKey": key}]
    return {"identities": [{"name": "njordhr", "credentials": credentials, "actions": actions}]}


if __name__ == "__main__":
    sys.exit(main())
