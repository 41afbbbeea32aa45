"""Make the bundle of this system: ``python -m desktop.packaging --out DIR``, or ``build.py bundle``."""

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from agent_core import VERSION
from agent_core.store.schema import MIGRATIONS
from desktop.packaging.bundle import Order, make_launcher, make_program
from desktop.packaging.contents import ContentsError
from desktop.packaging.freezing import FreezingError
from update_manifest.build_info import this_platform
from update_manifest.releases import Build, Channel, Version

ROOT = Path(__file__).resolve().parents[2]


def main(arguments: list[str]) -> int:
    """Make both programs and have the app test itself; 1 when something is wrong with them."""
    asked = _parser().parse_args(arguments)
    order = Order(
        root=ROOT,
        version=asked.version,
        build=asked.build,
        channel=asked.channel,
        platform=this_platform(),
        schema_max=len(MIGRATIONS),
        trust=asked.trust,
    )
    with tempfile.TemporaryDirectory(prefix="njordhr-bundle-") as folder:
        work = Path(folder) if asked.work is None else asked.work
        try:
            program = make_program(order, work / "program", asked.out)
            launcher = make_launcher(order, work / "launcher", asked.out)
        except (FreezingError, ContentsError) as error:
            sys.stderr.write(f"{error}\n")
            return 1
    sys.stdout.write(f"{program}\n{launcher}\n")
    if order.trust is None:
        sys.stdout.write("Without --trust it does not update itself.\n")
    return _self_test(program)


def _self_test(program: Path) -> int:
    executable = next(path for path in program.iterdir() if path.stem == program.name)
    return subprocess.run([executable, "--self-test"], check=False).returncode


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="build.py bundle", description="Make the app and its launcher.")
    parser.add_argument(
        "--version",
        type=_like(Version, "1.4.2"),
        default=VERSION,
        help=f"the version of the bundle ({VERSION})",
    )
    parser.add_argument(
        "--build", type=_like(Build, "142"), default=1, help="counts up with each release (1)"
    )
    parser.add_argument(
        "--channel",
        type=_like(Channel, "stable"),
        default="stable",
        help="where its updates come from (stable)",
    )
    parser.add_argument("--trust", type=_trust, help="a folder with root.json and updates.json")
    parser.add_argument("--out", type=_folder, default=ROOT / "build", help="where it is made (build)")
    parser.add_argument(
        "--work",
        type=_folder,
        help="keep what is made on the way; lines that change within modules are quick",
    )
    return parser


def _like(kind: Any, example: str) -> Callable[[str], Any]:
    """Return what reads one of a release's members, and says what it looks like when it is none."""

    def read(text: str) -> Any:
        try:
            return TypeAdapter(kind).validate_python(text)
        except ValidationError:
            raise argparse.ArgumentTypeError(f"{text!r} is none; one looks like {example}") from None

    return read


def _trust(text: str) -> Path:
    folder = _folder(text)
    lacks = [name for name in ("root.json", "updates.json") if not (folder / name).is_file()]
    if lacks:
        raise argparse.ArgumentTypeError(f"{text!r} has no {' and no '.join(lacks)}")
    return folder


def _folder(text: str) -> Path:
    return Path(text).resolve()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
