"""`build.py`, which must start where nothing is installed yet."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.tree import ROOT

FILES = [ROOT / "build.py", *sorted((ROOT / "setup_steps").glob("*.py"))]


def _imported(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add((node.module or "").split(".")[0])
    return names


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_it_imports_the_standard_library_only(path: Path) -> None:
    assert _imported(path) <= sys.stdlib_module_names | {"setup_steps"}


def test_an_old_python_is_told_so_before_anything_newer_is_read() -> None:
    statements = ast.parse((ROOT / "build.py").read_text(encoding="utf-8")).body
    kinds = [type(statement).__name__ for statement in statements[:4]]
    assert kinds == ["Expr", "Import", "If", "ImportFrom"]


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["--help"], 0, "start the product on demo data"),
        (["fly"], 2, "invalid choice"),
        (["test", "nonsense"], 1, "There is no part of the tests called nonsense."),
        (["check", "--loudly"], 2, "unrecognized arguments: --loudly"),
    ],
)
def test_the_command_line_answers_in_words(arguments: list[str], code: int, words: str) -> None:
    command = [sys.executable, str(ROOT / "build.py"), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == code
    assert words in done.stdout + done.stderr
