"""The peer of the exports: gunicorn sending what bare `zipstream-ng` makes of the same files."""

import os
import zipfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from zipstream import ZipStream


def app(_environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Answer with the ZIP."""
    start_response("200 OK", [("Content-Type", "application/zip")])
    return _zip(Path(os.environ["NJORDHR_BENCHMARK_FILE"]), int(os.environ["NJORDHR_BENCHMARK_FILES"]))


def _zip(file: Path, files: int) -> Iterator[bytes]:
    stream = ZipStream()
    for number in range(files):
        stream.add(file.read_bytes(), f"resumes/Cook/{number}.pdf", compress_type=zipfile.ZIP_STORED)
        yield from stream.file()
    yield from stream.finalize()
