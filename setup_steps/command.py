"""The command line of `build.py`."""

import argparse
import os
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import NoReturn

from setup_steps import database_linter, debian, generated, locks, needs, python_packages, suites, web_ui
from setup_steps.failure import StepError
from setup_steps.places import ROOT, in_venv, with_venv_first
from setup_steps.progress import say, use_plain_text_where_needed
from setup_steps.turn import my_turn

INTERRUPTED = 130
FAILED = 1
PASS_ON = ("run", "bundle", "installer", "release")
"""What follows these goes to the program that they start."""
NO_WINDOW = ("--no-window", "--unattended", "--help")


def main(arguments: Sequence[str]) -> int:
    """Do what the command line says; return the exit code."""
    use_plain_text_where_needed()
    given, rest = _parser().parse_known_args(arguments)
    if rest and given.verb not in PASS_ON:
        _parser().error(f"unrecognized arguments: {' '.join(rest)}")
    try:
        return VERBS[given.verb](given, rest)
    except StepError as failure:
        say(f"\n✗ {failure.what}\n  {failure.next_step}")
        return FAILED
    except KeyboardInterrupt:
        say("\nStopped.")
        return INTERRUPTED


def _run(_: argparse.Namespace, rest: Sequence[str]) -> int:
    wanted = [*needs.FOR_PYTHON, *needs.FOR_THE_BROWSER]
    if needs.has_display() and not set(NO_WINDOW) & set(rest):
        wanted += needs.FOR_THE_WINDOW
    _prepare(wanted)
    return _start("demo", rest)


def _bundle(_: argparse.Namespace, rest: Sequence[str]) -> int:
    _prepare(needs.FOR_PYTHON)
    return _start("desktop.packaging", rest)


def _installer(_: argparse.Namespace, rest: Sequence[str]) -> int:
    _prepare([*needs.FOR_PYTHON, *needs.FOR_INSTALLERS])
    return _start("desktop.packaging.installers", rest)


def _release(_: argparse.Namespace, rest: Sequence[str]) -> int:
    _prepare(needs.FOR_PYTHON)
    return _start("update_manifest.release", rest)


def _start(module: str, rest: Sequence[str]) -> int:
    # The person's own folder stays the current one, so that relative paths in the options mean what they say.
    command = [str(in_venv("python")), "-P", "-m", module, *rest]
    env = {**with_venv_first(), "PYTHONPATH": str(ROOT)}
    if sys.platform == "win32":
        return subprocess.run(command, env=env, check=False).returncode
    return _become(command, env)


def _become(command: list[str], env: Mapping[str, str]) -> NoReturn:
    """Let the program take this process over: Ctrl-C and signals reach it and nothing stands between."""
    sys.stdout.flush()
    os.execve(command[0], command, env)  # noqa: S606 - a shell is what must not be here


def _test(given: argparse.Namespace, _: Sequence[str]) -> int:
    plan = suites.plan(given.parts)
    _prepare([*needs.FOR_PYTHON, *needs.FOR_THE_BROWSER, *needs.FOR_THE_WINDOW, *needs.FOR_TESTS])
    if any(path.startswith("tests/tenancy") for path in plan.paths):
        with my_turn():
            database_linter.prepare()
    chosen = ["-k", given.k] if given.k else []
    return suites.run(plan, [*chosen, *(["-x"] if given.x else [])])


def _check(_: argparse.Namespace, __: Sequence[str]) -> int:
    _prepare(needs.FOR_PYTHON)
    return suites.run(suites.plan(["lint", "web"]), [])


def _prepare_only(_: argparse.Namespace, __: Sequence[str]) -> int:
    _prepare([*needs.FOR_PYTHON, *needs.FOR_THE_BROWSER])
    return 0


def _lock(_: argparse.Namespace, __: Sequence[str]) -> int:
    _prepare(needs.FOR_PYTHON)
    locks.compile_again()
    web_ui.lock_again()
    return 0


def _generate(_: argparse.Namespace, __: Sequence[str]) -> int:
    _prepare(needs.FOR_PYTHON)
    generated.write()
    return 0


def _prepare(wanted: Sequence[needs.Need]) -> None:
    with my_turn():
        if sys.platform == "linux":
            debian.ensure(wanted)
        python_packages.prepare()
        web_ui.prepare()


VERBS: Mapping[str, Callable[[argparse.Namespace, Sequence[str]], int]] = {
    "run": _run,
    "test": _test,
    "check": _check,
    "prepare": _prepare_only,
    "lock": _lock,
    "generate": _generate,
    "bundle": _bundle,
    "installer": _installer,
    "release": _release,
}


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="build.py", description="Prepare NjordHR, and run or test it.")
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    verbs.add_parser(
        "run",
        help="start the product on demo data; what follows goes to the demo (try: run --help)",
        add_help=False,
    )
    test = verbs.add_parser("test", help="check and test everything, or the parts that are named")
    test.add_argument(
        "parts", nargs="*", metavar="PART", help=f"{', '.join(suites.PARTS)}, or a path below tests"
    )
    test.add_argument("-k", metavar="EXPRESSION", help="only the tests whose names match")
    test.add_argument("-x", action="store_true", help="stop at the first test that fails")
    verbs.add_parser("check", help="lint, types, import contracts, declared dependencies, web UI")
    verbs.add_parser("prepare", help="install and build, and start nothing")
    verbs.add_parser("lock", help="resolve the dependencies anew and write the lock files")
    verbs.add_parser(
        "bundle",
        help="make the app and its launcher as they are released; options follow (try: bundle --help)",
        add_help=False,
    )
    verbs.add_parser(
        "installer",
        help="make the installers of a bundle of this or another system (try: installer --help)",
        add_help=False,
    )
    verbs.add_parser(
        "release",
        help="sign and publish releases; commands follow (docs/releasing.md, or: release --help)",
        add_help=False,
    )
    verbs.add_parser("generate", help="write the OpenAPI document and the web UI's types anew")
    return parser
