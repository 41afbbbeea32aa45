"""The three commands of the conformance protocol, over the client class that the product installs with.

tuf-client --metadata-dir D init ROOT
tuf-client --metadata-dir D --metadata-url U refresh
tuf-client --metadata-dir D --metadata-url U --target-name N … --target-base-url B --target-dir T download
"""

import argparse
import sys
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

from tuf.api.exceptions import DownloadError, RepositoryError

from update_manifest import durable
from update_manifest.durable_updater import DurableUpdater
from update_manifest.errors import UpdateError
from update_manifest.fetch import Fetcher


def main(arguments: list[str]) -> int:
    """Run a command; 0 when it was done, 1 when anything was refused."""
    options = _parser().parse_args(arguments)
    try:
        if options.command == "init":
            _init(options.metadata_dir, options.root)
        elif options.command == "refresh":
            _updater(options).refresh()
        else:
            _download(options)
    except (UpdateError, RepositoryError, DownloadError, OSError, ValueError) as error:
        sys.stderr.write(f"refused: {type(error).__name__}: {error}\n")
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="tuf-client")
    parser.add_argument("--metadata-dir", type=Path, required=True)
    parser.add_argument("--metadata-url", default="")
    parser.add_argument("--target-name", action="append", default=[])
    parser.add_argument("--target-base-url", default="")
    parser.add_argument("--target-dir", type=Path)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("init").add_argument("root", type=Path)
    commands.add_parser("refresh")
    commands.add_parser("download")
    return parser


def _init(folder: Path, root: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    durable.write(folder / "root.json", root.read_bytes())


def _updater(options: argparse.Namespace) -> DurableUpdater:
    return DurableUpdater(
        options.metadata_dir,
        None,
        options.metadata_url,
        options.target_base_url,
        Fetcher(),
        now=datetime.now(UTC),
        files=options.target_dir,
    )


def _download(options: argparse.Namespace) -> None:
    updater = _updater(options)
    for name in options.target_name:
        target = updater.get_targetinfo(name)
        if target is None:
            raise FileNotFoundError(name)
        place = str(options.target_dir / quote(name, safe=""))
        if updater.find_cached_target(target, place) is None:
            updater.download_target(target, place)
