"""A line between agent and cloud that loses answers: the request arrives, the sender never hears of it."""

import http.server
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import httpx


class LossyLine:
    """Counts what was lost and passes everything else on."""

    def __init__(self, cloud_url: str, lose: int) -> None:
        self.cloud_url = cloud_url
        self.lost = 0
        self.url = ""
        self._lose = lose
        self._lock = threading.Lock()

    def takes(self, path: str) -> bool:
        """Tell whether the answer to this request is to be lost."""
        with self._lock:
            if path != "/api/events/candidate" or self.lost == self._lose:
                return False
            self.lost += 1
            return True


@contextmanager
def lossy_line(cloud_url: str, lose: int) -> Iterator[LossyLine]:
    """Serve the line; the answers to the first ``lose`` batches of events are lost."""
    line = LossyLine(cloud_url, lose)

    class Handler(http.server.BaseHTTPRequestHandler):
        def _pass_on(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            headers = {k: v for k, v in self.headers.items() if k.lower() not in ("host", "connection")}
            answer = httpx.request(
                self.command, line.cloud_url + self.path, content=body, headers=headers, timeout=30
            )
            if line.takes(self.path):
                self.close_connection = True
                return
            self.send_response(answer.status_code)
            for name, value in answer.headers.items():
                if name.lower() in ("content-type", "last-event-id"):
                    self.send_header(name, value)
            self.send_header("Content-Length", str(len(answer.content)))
            self.end_headers()
            self.wfile.write(answer.content)

        do_GET = do_POST = do_PUT = _pass_on  # noqa: N815 - the base class names them

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class names it
            del format, args

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        line.url = f"http://127.0.0.1:{server.server_port}"
        yield line
        server.shutdown()
        thread.join()
