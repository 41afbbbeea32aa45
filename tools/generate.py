"""Write every file that is made from code: ``python -m tools.generate``; ``--check`` fails on a stale one."""

import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from cloud_api.auth.policy import render_policy
from tools.reasons_page import render as render_reasons

ROOT = Path(__file__).resolve().parents[1]


def _printed_by(*arguments: str) -> Callable[[], str]:
    """Make a renderer of what a program of ours prints."""

    def render() -> str:
        command = [sys.executable, *arguments]
        return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout

    return render


GENERATED: Mapping[str, Callable[[], str]] = {
    "docs/REASONS.md": render_reasons,
    "docs/POLICY.md": render_policy,
    "cloud_api/openapi.json": _printed_by("-m", "cloud_api", "--openapi"),
    "agent_core/openapi.json": _printed_by("-m", "agent_core", "--openapi"),
    "cloud_api/supabase/schema.sql": _printed_by("-m", "tools.schema_text"),
}
"""Path below the root -> what it must hold. The web UI's files have a generator of their own."""
WEB_UI = (sys.executable, "web_ui/gen/generate.py")


def stale(root: Path = ROOT) -> list[str]:
    """Return the paths whose file is missing or differs from what its code says."""
    return [path for path, render in GENERATED.items() if _read(root / path) != render()]


def write(root: Path = ROOT) -> None:
    """Write every file."""
    for path, render in GENERATED.items():
        (root / path).write_text(render(), encoding="utf-8")


def _read(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.is_file() else None


def main(arguments: list[str]) -> int:
    """Write all files, or only say which are stale.

    Returns:
        The exit code: 1 when ``--check`` finds a stale file.
    """
    if "--check" not in arguments:
        write()
        return subprocess.run(WEB_UI, cwd=ROOT, check=False).returncode
    old = stale()
    for path in old:
        sys.stderr.write(f"{path} is stale. Write it anew with: python3 build.py generate\n")
    web = subprocess.run([*WEB_UI, "--check"], cwd=ROOT, check=False).returncode
    return 1 if old or web else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
