"""Serve the cloud API on one machine: ``python -m cloud_api``.

Settings come from the environment (``NJORDHR_CLOUD_…``, see `cloud_api.settings`).
"""

import _thread
import argparse
import os
import signal
import socket
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

from apiflask import APIFlask
from pydantic import ValidationError
from waitress import wasyncore
from waitress.server import create_server

from cloud_api.admin import command as admin
from cloud_api.app import MAX_BATCH_BODY, create_app
from cloud_api.openapi import as_text
from cloud_api.request_log import configure_logging
from cloud_api.retention import worker as retention
from cloud_api.services import build_services
from cloud_api.settings import CloudSettings, load_settings

THREADS = 64
"""Each open stream holds one; the rest answer requests."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run from the command line until interrupted; ``admin`` leads to the operator's commands."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if given[:1] == ["admin"]:
        return admin.run(given[1:])
    parser = argparse.ArgumentParser(prog="python -m cloud_api", description=__doc__)
    parser.add_argument("--die-with-parent", action="store_true", help="end when standard input closes")
    parser.add_argument("--openapi", action="store_true", help="print the OpenAPI document and end")
    parser.add_argument(
        "--follow-rules", action="store_true", help="delete and erase what the offices' rules say, and end"
    )
    options = parser.parse_args(given)
    if options.openapi:
        sys.stdout.write(openapi_text())
        return 0
    try:
        settings = load_settings(os.environ)
    except ValidationError as error:
        sys.stderr.write(f"not started: {incomplete(error)}\n")
        return 2
    configure_logging()
    if options.follow_rules:
        return _follow_rules(settings)
    return _serve(settings, options.die_with_parent)


def incomplete(error: ValidationError) -> str:
    """Name the settings that are missing or wrong, without their values."""
    faults = error.errors(include_input=False, include_url=False, include_context=False)
    named = ((".".join(map(str, fault["loc"])), fault["msg"]) for fault in faults)
    return "; ".join(
        f"NJORDHR_CLOUD_{name.upper()}: {message}" if name else message for name, message in named
    )


@contextmanager
def disconnected_app() -> Iterator[APIFlask]:
    """Give the application without any database, to look at its routes."""
    settings = CloudSettings.model_validate(
        {
            "database_url": "postgresql://nobody@127.0.0.1:1/none",
            "object_store_folder": Path(),
            "object_link_key": os.urandom(32).hex(),
        }
    )
    services = build_services(settings, connect=False)
    try:
        yield create_app(services)
    finally:
        services.close()


def openapi_text() -> str:
    """Return the OpenAPI document, as the committed file holds it."""
    with disconnected_app() as app:
        return as_text(app)


def _follow_rules(settings: CloudSettings) -> int:
    """Do once what the server does now and then; 1 when a file could not be removed."""
    services = build_services(settings)
    try:
        swept = retention.sweep(services.database, services.objects)
    finally:
        services.close()
    sys.stdout.write(
        f"deleted {swept.deleted}, erased {swept.erased},"
        f" files removed {swept.removed}, left {swept.failed}\n"
    )
    return int(swept.failed > 0)


def _serve(settings: CloudSettings, die_with_parent: bool) -> int:
    listener = socket.create_server((settings.host, settings.port))
    port = listener.getsockname()[1]
    url = settings.public_url or f"http://{settings.host}:{port}"
    services = build_services(settings.model_copy(update={"port": port, "public_url": url}))
    channels: dict[int, Any] = {}
    server = create_server(
        create_app(services),
        map=channels,
        sockets=[listener],
        threads=THREADS,
        asyncore_use_poll=True,
        max_request_body_size=2 * MAX_BATCH_BODY,
        ident=None,
    )
    _stop_on_signals(services.stopping)
    retention.start(services.database, services.objects, services.stopping)
    if die_with_parent:
        threading.Thread(target=_stop_with_parent, name="parent", daemon=True).start()
    sys.stdout.write(f"listening on http://{settings.host}:{port}\n")
    sys.stdout.flush()
    try:
        server.run()  # ends on KeyboardInterrupt, after the requests that run
    finally:
        services.close()
        wasyncore.close_all(channels)
    return 0


def _stop_on_signals(stopping: threading.Event) -> None:
    """Let open streams end before the server waits for its threads."""

    def stop(_signal: int, _frame: FrameType | None) -> None:
        stopping.set()
        raise KeyboardInterrupt

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop)


def _stop_with_parent() -> None:
    while os.read(sys.stdin.fileno(), 4096):  # unbuffered: a buffer's lock would be held at exit
        continue
    _thread.interrupt_main(signal.SIGINT)


if __name__ == "__main__":
    sys.exit(main())
