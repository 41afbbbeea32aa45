"""The import contracts of pyproject.toml hold, and nothing happens at import."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.tree import ROOT, product_modules

IMPURE_CALLS = {"open", "getenv", "Thread", "Session", "Client", "connect", "environ"}


def test_the_import_contracts_hold() -> None:
    program = Path(sys.executable).with_name("lint-imports")
    result = subprocess.run([program, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout[-3000:]


@pytest.mark.parametrize("module", product_modules(), ids=str)
def test_nothing_happens_at_import(module: str) -> None:
    if module.endswith(("__main__.py", "wsgi.py")):
        return
    tree = ast.parse((ROOT / module).read_text(encoding="utf-8"))
    calls = {
        name
        for statement in tree.body
        if not isinstance(statement, ast.FunctionDef | ast.ClassDef | ast.If)
        for node in ast.walk(statement)
        if isinstance(node, ast.Call)
        for name in [getattr(node.func, "attr", getattr(node.func, "id", ""))]
    }
    assert not calls & IMPURE_CALLS
