"""Secrets in a real keyring (gnome-keyring), and without one."""

import os
import subprocess
import sys
from pathlib import Path

from tests.support.tree import ROOT

PROGRAM = """
import sys
from agent_core.keychain import open_secrets
secrets = open_secrets("NjordHR test")
step, kept = sys.argv[1], secrets.are_kept
if step == "put":
    secrets.put("device-token", "canary-secret-é" + "x" * 1000)
    secrets.put("device-token", "canary-secret-é")
    secrets.put("other", "2")
    secrets.drop("other")
    secrets.drop("never-there")
print(kept, secrets.get("device-token"), secrets.get("other"), ascii(type(secrets).__name__))
"""

IN_A_SESSION = (
    'printf "%s" "$UNLOCK" | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1\nexec "$@"'
)


def environment(home: Path) -> dict[str, str]:
    kept = {"PATH": os.environ["PATH"], "HOME": str(home), "XDG_RUNTIME_DIR": str(home / "run")}
    return {**kept, "PYTHONIOENCODING": "utf-8", "UNLOCK": "unlock", "PYTHONPATH": str(ROOT)}


def run(home: Path, step: str, *, session: bool) -> str:
    (home / "run").mkdir(mode=0o700, exist_ok=True)
    program = [sys.executable, "-c", PROGRAM, step]
    inside = ["dbus-run-session", "--", "sh", "-c", IN_A_SESSION, "sh", *program]
    done = subprocess.run(
        inside if session else program,
        env=environment(home),
        cwd=home,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()[-1]


def test_a_secret_outlives_the_run_in_the_keyring_and_lies_nowhere_in_plain_text(tmp_path: Path) -> None:
    assert run(tmp_path, "put", session=True) == "True canary-secret-é None 'KeyringSecrets'"
    assert run(tmp_path, "get", session=True) == "True canary-secret-é None 'KeyringSecrets'"
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert files
    assert not [path for path in files if b"canary-secret" in path.read_bytes()]


def test_without_a_keyring_secrets_stay_in_memory_and_no_file_is_written(tmp_path: Path) -> None:
    assert run(tmp_path, "put", session=False) == "False canary-secret-é None 'MemorySecrets'"
    assert run(tmp_path, "get", session=False) == "False None None 'MemorySecrets'"
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]
