"""Values of the environment, or of the files that it names: containers get their secrets as files.

``NAME_FILE`` in place of ``NAME`` is how the images of Postgres and others have it too.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path


def told(name: str, environment: Mapping[str, str]) -> str | None:
    """Return the value of a variable, or of the file that ``<name>_FILE`` names; None when there is none.

    Raises:
        ValueError: both are set, and nobody can know which one is meant.
        OSError: the file cannot be read.
    """
    value, file = environment.get(name), environment.get(f"{name}_FILE")
    if value and file:
        raise ValueError(f"{name} and {name}_FILE are both set")
    return (Path(file).read_text(encoding="utf-8").strip() if file else value) or None


def from_files(prefix: str, fields: Iterable[str], environment: Mapping[str, str]) -> dict[str, str]:
    """Return field -> value of the fields that are told as files.

    Raises:
        ValueError: as of `told`.
        OSError: as of `told`.
    """
    names = {field: f"{prefix}{field.upper()}" for field in fields}
    found = {field: told(name, environment) for field, name in names.items() if f"{name}_FILE" in environment}
    return {field: value for field, value in found.items() if value is not None}
