"""The built web UI as a host of static files serves it, of another origin than the cloud."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from tests.support.tree import ROOT

DIST = ROOT / "web_ui" / "dist"


class _Handler(SimpleHTTPRequestHandler):
    cloud_url = ""

    def __init__(self, *rest: Any, **more: Any) -> None:
        super().__init__(*rest, directory=str(DIST), **more)

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        path = self.path.partition("?")[0]
        if path == "/app/config.json":
            self._send_config()
            return
        inside = path.removeprefix("/app/")
        # What is no file is a screen of the page.
        self.path = f"/{inside}" if inside and Path(DIST, inside).is_file() else "/index.html"
        super().do_GET()

    def _send_config(self) -> None:
        body = json.dumps({"mode": "cloud", "api_base_url": self.cloud_url, "demo": None}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def hosted_page(cloud_url: str) -> Iterator[str]:
    """Serve the page that talks to this cloud; yield its origin."""
    handler = type("Handler", (_Handler,), {"cloud_url": cloud_url})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
