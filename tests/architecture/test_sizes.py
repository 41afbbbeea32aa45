"""Files and functions stay small enough to be read in one go."""

import ast

import pytest

from tests.support.tree import ROOT, python_files

MAX_FILE_LINES = 400
MAX_FUNCTION_LINES = 60
BANNED_NAMES = {"utils", "helpers", "common", "manager", "misc"}


@pytest.mark.parametrize("path", python_files(), ids=str)
def test_a_file_is_not_too_long(path: str) -> None:
    lines = (ROOT / path).read_text(encoding="utf-8").count("\n")
    allowed = 1600 if path == "protocol/reasons.py" else MAX_FILE_LINES  # the registry is data
    assert lines <= allowed


@pytest.mark.parametrize("path", python_files(), ids=str)
def test_a_function_is_not_too_long(path: str) -> None:
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    long = [
        f"{node.name} ({node.end_lineno - node.lineno + 1} lines)"
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.end_lineno is not None
        and node.end_lineno - node.lineno + 1 > MAX_FUNCTION_LINES
    ]
    assert not long


def test_no_name_says_nothing() -> None:
    nothing = [path for path in python_files() if BANNED_NAMES & set(path.removesuffix(".py").split("/"))]
    assert not nothing
