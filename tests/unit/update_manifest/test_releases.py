"""Names of files that mean the same on each system, and members that a later version adds."""

import pytest
from pydantic import TypeAdapter, ValidationError

from update_manifest.releases import Halt, RelativePath, Version

PATH: TypeAdapter[str] = TypeAdapter(RelativePath)


@pytest.mark.parametrize("path", ["njordhr", "lib/a b/ä.so", "a.b/c-d_e"])
def test_plain_paths(path: str) -> None:
    assert PATH.validate_python(path) == path


@pytest.mark.parametrize(
    "path",
    [
        "",
        "/a",
        "../a",
        "a/../b",
        "a//b",
        "./a",
        "a/",
        "C:/a",
        "a\\b",
        "a\0",
        "con",
        "lib/NUL.txt",
        "a.",
        "a ",
        "a|b",
        "x" * 401,
    ],
)
def test_other_paths(path: str) -> None:
    with pytest.raises(ValidationError):
        PATH.validate_python(path)


@pytest.mark.parametrize("version", ["1.0", "1.0.0-beta", "01.0.0", "1.0.0\n", "v1.0.0", "1.0.0.0"])
def test_what_is_no_version(version: str) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(Version).validate_python(version)


def test_unknown_members_are_passed_over() -> None:
    assert Halt.model_validate_json('{"schema": 1, "paused": ["1.0.0"], "later": 1}').paused == ("1.0.0",)
    with pytest.raises(ValidationError):
        Halt.model_validate_json('{"schema": 2}')
