"""A web server on loopback for files in memory: Range, If-Range, ETag, and every way to misbehave."""

import hashlib
import re
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import unquote

_RANGE = re.compile(r"^bytes=(\d+)-$")


@dataclass
class Misbehaviour:
    """What a server does instead of what it should; the defaults are good manners.

    Attributes:
        answer: called first with the handler; when it returns True it has answered.
        cut_after: bytes of a body after which the connection is closed; nothing lets all through.
        ignores_range: answers 200 and the whole file to a request for a part.
        etag: sent in place of the content's own; empty sends none.
    """

    answer: Callable[["Handler"], bool] | None = None
    cut_after: int | None = None
    ignores_range: bool = False
    etag: str | None = None


@dataclass
class FileServer:
    """A running server.

    Attributes:
        address: ends in a slash.
        requests: path, Range and the status of each answer, in their order.
    """

    address: str
    files: Mapping[str, bytes]
    manners: Misbehaviour = field(default_factory=Misbehaviour)
    requests: list[tuple[str, str | None, int]] = field(default_factory=list)


class Handler(BaseHTTPRequestHandler):
    """Answers one request."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    world: FileServer

    def do_GET(self) -> None:
        """Answer with a file or a part of it."""
        manners = self.world.manners
        path = unquote(self.path.split("?")[0]).lstrip("/")
        if manners.answer is not None and manners.answer(self):
            self.world.requests.append((path, self.headers.get("Range"), 0))
            return
        content = self.world.files.get(path)
        if content is None:
            self._send(path, 404, b"", {})
            return
        tag = f'"{hashlib.sha256(content).hexdigest()[:16]}"' if manners.etag is None else manners.etag
        headers = {"ETag": tag} if tag else {}
        wanted = None if manners.ignores_range else _RANGE.match(self.headers.get("Range") or "")
        same = self.headers.get("If-Range") in {None, tag}
        if wanted is None or not same:
            self._send(path, 200, content, headers)
        elif (start := int(wanted[1])) >= len(content):
            self._send(path, 416, b"", {**headers, "Content-Range": f"bytes */{len(content)}"})
        else:
            span = f"bytes {start}-{len(content) - 1}/{len(content)}"
            self._send(path, 206, content[start:], {**headers, "Content-Range": span})

    def _send(self, path: str, status: int, body: bytes, headers: Mapping[str, str]) -> None:
        self.world.requests.append((path, self.headers.get("Range"), status))
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        cut = self.world.manners.cut_after
        self.wfile.write(body if cut is None else body[:cut])
        if cut is not None and cut < len(body):
            self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
        """A test's server says nothing."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up is no news here."""


@contextmanager
def serve(files: Mapping[str, bytes]) -> Iterator[FileServer]:
    """Serve these files, as they are at each request, until the block ends."""
    server = _Server(("127.0.0.1", 0), Handler)
    world = FileServer(f"http://127.0.0.1:{server.server_port}/", files)
    server.RequestHandlerClass = type("Bound", (Handler,), {"world": world})
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield world
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
