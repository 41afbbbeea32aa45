"""The page that the window shows when the agent cannot start: why, what to do, and three buttons.

It is served on a port of its own, below a path that nobody can guess, and works without scripts: a button is
a form. Every system's web view can show it, and nobody else can press its buttons.
"""

import hmac
import html
import secrets
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from wsgiref.types import StartResponse, WSGIEnvironment

from agent_core.local_api.server import LocalServer, open_socket
from protocol.reasons import Reason

_HEADERS = (
    ("Content-Type", "text/html; charset=utf-8"),
    ("Cache-Control", "no-store"),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "no-referrer"),
    (
        "Content-Security-Policy",
        "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'",
    ),
)
_THREADS = 2
_LAST_SECONDS = 1.0

_PAGE = """<!doctype html>
<html lang="en"><meta charset="utf-8"><title>NjordHR could not start</title>
<style>
:root {{ color-scheme: light dark; --ground: #fff; --ink: #14212b; --soft: #4b5b68;
 --line: #c9d3da; --deep: #0b5c7a }}
@media (prefers-color-scheme: dark) {{
 :root {{ --ground: #121a20; --ink: #e8eef2; --soft: #a9b8c3; --line: #3a4a56; --deep: #2f8fb3 }} }}
body {{ margin: 0; min-height: 100vh; display: grid; place-items: center; background: var(--ground);
 color: var(--ink); font: 16px/1.5 system-ui, sans-serif }}
main {{ max-width: 34rem; padding: 2rem }} h1 {{ font-size: 1.4rem; margin: 0 0 1rem }}
p {{ margin: 0 0 .75rem }} .soft {{ color: var(--soft); font-size: .875rem }}
form {{ display: flex; flex-wrap: wrap; gap: .5rem; margin: 1.5rem 0 1rem }}
button {{ font: inherit; padding: .5rem 1rem; border: 1px solid var(--line); border-radius: 6px;
 background: none; color: inherit; cursor: pointer }}
button.first {{ background: #0b5c7a; border-color: #0b5c7a; color: #fff }}
button:focus-visible {{ outline: 3px solid var(--deep); outline-offset: 2px }}
</style>
<main><h1>NjordHR could not start</h1>
<div role="alert"><p><strong>{sentence}</strong></p><p>{next_step}</p></div>
<form method="post">
<button class="first" formaction="retry" autofocus>Try again</button>
{anew}<button formaction="logs">Open logs</button>
<button formaction="diagnostics">Copy diagnostics</button>
</form>
<p class="soft" role="status">{said}</p><p class="soft">{code}</p></main></html>
"""


_ANEW = '<button formaction="anew">Begin anew, keep the old records</button>\n'


@dataclass(frozen=True)
class Buttons:
    """What the page's buttons do. Each returns what the page says then.

    Attributes:
        anew: begins with new records; the button is there only where the old ones are damaged.
    """

    why: Callable[[], Reason]
    retry: Callable[[], str]
    anew: Callable[[], str]
    logs: Callable[[], str]
    diagnostics: Callable[[], str]


class StartFailedPage:
    """The page, served until ``stop``."""

    def __init__(self, buttons: Buttons) -> None:
        """Listen on a free port; nothing is answered before ``start``."""
        self._buttons = buttons
        self._key = secrets.token_urlsafe(32)
        listening = open_socket(0)
        self._host = f"127.0.0.1:{listening.getsockname()[1]}"
        self._server = LocalServer(self._answer, listening, _THREADS)

    @property
    def url(self) -> str:
        """Where the page is."""
        return f"http://{self._host}/{self._key}/"

    def start(self) -> None:
        """Begin to answer."""
        self._server.start()

    def stop(self) -> None:
        """Stop answering."""
        self._server.stop(_LAST_SECONDS)

    def _answer(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        _, _, rest = environ.get("PATH_INFO", "").partition("/")
        key, _, name = rest.partition("/")
        is_ours = environ.get("HTTP_HOST", "") == self._host
        if not is_ours or not hmac.compare_digest(key.encode(), self._key.encode()):
            start("404 Not Found", list(_HEADERS))
            return [b""]
        if environ["REQUEST_METHOD"] == "POST":
            return self._press(name, start)
        start("200 OK", list(_HEADERS))
        return [self._page("")]

    def _press(self, name: str, start: StartResponse) -> Iterable[bytes]:
        buttons: Mapping[str, Callable[[], str]] = {
            "retry": self._buttons.retry,
            "anew": self._buttons.anew,
            "logs": self._buttons.logs,
            "diagnostics": self._buttons.diagnostics,
        }
        said = buttons[name]() if name in buttons else ""
        start("200 OK", list(_HEADERS))
        return [self._page(said)]

    def _page(self, said: str) -> bytes:
        why = self._buttons.why()
        return _PAGE.format(
            sentence=html.escape(why.sentence),
            anew=_ANEW if why is Reason.AGENT_STORE_DAMAGED else "",
            next_step=html.escape(why.next_step),
            said=html.escape(said),
            code=html.escape(why.value),
        ).encode()
