"""Mutants of the product's own source: modules in which one check is missing.

Each `if` that leads to nothing but a refusal is a check, and so is a call of something named `require_…` or
`refuse_…`. A mutant is the same module with that one check gone. It runs in this process: while it is active,
every module that took something from the mutated one has the mutant's.

Example:
    >>> for mutant in mutants_of("update_manifest.manifest"):
    ...     with mutant.active():
    ...         ...  # something must notice
"""

import ast
import importlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass
from types import ModuleType
from typing import Any

PACKAGES = ("update_manifest", "signing", "desktop", "tests.support")


@dataclass(frozen=True)
class Mutant:
    """A module without one of its checks.

    Attributes:
        line: of the check.
        check: its source, on one line.
        refusal: the source of what it led to.
    """

    module: str
    line: int
    check: str
    refusal: str
    code: ast.Module

    def __str__(self) -> str:
        """Return where it is and what is gone."""
        return f"{self.module}:{self.line} without {self.check}"

    @contextmanager
    def active(self) -> Iterator[None]:
        """Have everybody use the mutant until the block ends."""
        module = importlib.import_module(self.module)
        original = dict(vars(module))
        mutated = dict(original)
        exec(compile(self.code, str(module.__file__), "exec"), mutated)
        new = {
            id(original[name]): value
            for name, value in mutated.items()
            if name in original and callable(value) and getattr(value, "__module__", "") == self.module
        }
        patched = [
            (user, name, value)
            for user in _users()
            for name, value in list(vars(user).items())
            if id(value) in new
        ]
        for user, name, value in patched:
            setattr(user, name, new[id(value)])
        # The mutant's functions look their neighbours up in `mutated`, which holds the mutants already.
        try:
            yield
        finally:
            for user, name, value in patched:
                setattr(user, name, value)


def mutants_of(module: str, *, decisions: bool = False) -> list[Mutant]:
    """Return the module once for each check in it.

    Args:
        module: its name.
        decisions: whether an `if` that leads to a `return` or a `continue` is one too.
    """
    ends = (ast.Raise, ast.Return, ast.Continue) if decisions else (ast.Raise,)
    source = ast.parse(_source(module))
    found = []
    for number, node in enumerate(ast.walk(source)):
        if _is_check(node, ends):
            copy = deepcopy(source)
            twin: Any = list(ast.walk(copy))[number]
            check = ast.unparse(twin.test if isinstance(twin, ast.If) else twin)
            refusal = ast.unparse(twin) + _called(source, twin)
            _remove(copy, twin)
            found.append(Mutant(module, twin.lineno, check, refusal, ast.fix_missing_locations(copy)))
    return found


def altered(module: str, name: str, old: str, new: str) -> Mutant:
    """Return the module with one piece of its source replaced.

    Args:
        module: its name.
        name: says what is wrong then.
        old: what is there, once.
        new: what is there instead.

    Raises:
        ValueError: it is not there once; the source has changed, and the mutant with it.
    """
    source = _source(module)
    if source.count(old) != 1:
        raise ValueError(f"{module} has {old!r} {source.count(old)} times")
    line = source[: source.index(old)].count("\n") + 1
    return Mutant(module, line, name, new, ast.parse(source.replace(old, new)))


def _is_check(node: ast.AST, ends: tuple[type[ast.stmt], ...]) -> bool:
    if isinstance(node, ast.If):
        return isinstance(node.body[-1], ends) and not node.orelse
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
        called = node.value.func
        name = called.id if isinstance(called, ast.Name) else getattr(called, "attr", "")
        return name.lstrip("_").startswith(("require_", "refuse_"))
    return False


def _called(tree: ast.Module, node: Any) -> str:
    """Return the source of the function of this module that a statement calls."""
    if not isinstance(node, ast.Expr):
        return ""
    called: Any = node.value
    name = getattr(called.func, "id", getattr(called.func, "attr", ""))
    functions = (one for one in ast.walk(tree) if isinstance(one, ast.FunctionDef) and one.name == name)
    return "".join(ast.unparse(one) for one in functions)


def _remove(tree: ast.Module, node: Any) -> None:
    if isinstance(node, ast.If):
        node.test = ast.Constant(value=False)
        return
    for parent in ast.walk(tree):
        for _, body in ast.iter_fields(parent):
            if isinstance(body, list) and node in body:
                body[body.index(node)] = ast.copy_location(ast.Pass(), node)


def _users() -> list[ModuleType]:
    return [module for name, module in list(sys.modules.items()) if name.startswith(PACKAGES)]


def _source(module: str) -> str:
    loaded = importlib.import_module(module)
    with open(str(loaded.__file__), encoding="utf-8") as file:  # noqa: PTH123 - a path as text
        return file.read()
