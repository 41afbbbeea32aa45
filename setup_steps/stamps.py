"""Skipping a step whose inputs have not changed since it last worked."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

from setup_steps.places import STATE


def fingerprint(files: Iterable[Path], *words: str) -> str:
    """Return the digest of these files' names and contents, and of these words."""
    digest = hashlib.sha256()
    for word in words:
        digest.update(f"{word}\0".encode())
    for file in sorted(files):
        digest.update(f"{file.name}\0".encode())
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def is_current(step: str, wanted: str, result: Path) -> bool:
    """Tell whether the step was last done with these inputs, and its result is still there."""
    stamp = _stamp(step)
    return result.exists() and stamp.is_file() and stamp.read_text(encoding="ascii") == wanted


def invalidate(step: str) -> None:
    """Forget that the step was done: a break in the middle of it must not look like success."""
    _stamp(step).unlink(missing_ok=True)


def done(step: str, fingerprint_of_inputs: str) -> None:
    """Remember that the step was done with these inputs."""
    stamp = _stamp(step)
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(fingerprint_of_inputs, encoding="ascii")


def _stamp(step: str) -> Path:
    return STATE / "stamps" / step
