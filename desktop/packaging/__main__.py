"""Make the bundle of this system: ``python -m desktop.packaging --out DIR``, or ``build.py bundle``."""

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

from agent_core import VERSION
from agent_core.store.schema import MIGRATIONS
from desktop.packaging.bundle import Order, make_launcher, make_program
from desktop.packaging.contents import ContentsError
from desktop.packaging.freezing import FreezingError
from update_manifest.build_info import this_platform

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
    parser.add_argument("--version", default=VERSION, help=f"the version of the bundle ({VERSION})")
    parser.add_argument("--build", type=int, default=1, help="counts up with each release (1)")
    parser.add_argument("--channel", default="stable", help="where its updates come from (stable)")
    parser.add_argument("--trust", type=_folder, help="a folder with root.json and updates.json")
    parser.add_argument("--out", type=_folder, default=ROOT / "build", help="where it is made (build)")
    parser.add_argument(
        "--work",
        type=_folder,
        help="keep what is made on the way; lines that change within modules are quick",
    )
    return parser


def _folder(text: str) -> Path:
    return Path(text).resolve()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
