"""Fetching from servers that may be slow, broken or hostile.

Only `https` is spoken (`http` on loopback alone), also after a redirect. Nobody waits for ever: not for a
connection, not for the head of an answer, not for a byte, and not for many bytes that come one by one.
"""

import contextlib
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Self
from urllib.parse import urljoin, urlsplit
from urllib.request import getproxies, proxy_bypass

import certifi
import urllib3
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError, ProtocolError
from urllib3.exceptions import TimeoutError as Urllib3TimeoutError

from update_manifest.errors import UpdateError, UpdateReason

CHUNK_BYTES = 1 << 16
MAX_REDIRECTS = 5
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_USER_AGENT = "NjordHR updates"


@dataclass(frozen=True)
class Patience:
    """How long to wait.

    Attributes:
        connect_seconds: for a connection.
        head_seconds: for the whole head of an answer.
        gap_seconds: for the next byte.
        window_seconds: the stretch of time that speed is judged by.
        window_bytes: what must have arrived in each such stretch.
    """

    connect_seconds: float = 15
    head_seconds: float = 30
    gap_seconds: float = 30
    window_seconds: float = 60
    window_bytes: int = 16 * 1024


class Web:
    """The way to the servers; connections are kept and used again."""

    def __init__(
        self, patience: Patience = Patience(), monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        """Open nothing yet."""
        self._patience = patience
        self._monotonic = monotonic
        self._pools: dict[tuple[str, str | None], urllib3.PoolManager] = {}

    @contextmanager
    def get(self, url: str, headers: Mapping[str, str] | None = None) -> Iterator[urllib3.BaseHTTPResponse]:
        """Ask for an address and follow redirects; the body is read through `chunks`.

        Raises:
            UpdateError: no answer, too slowly, or from where it may not come.
        """
        response = self._follow(url, headers or {})
        try:
            yield response
        finally:
            response.close()  # a body that nobody read to its end would come before the next answer
            response.release_conn()

    def chunks(self, response: urllib3.BaseHTTPResponse) -> Iterator[bytes]:
        """Return the body as it came over the wire, bit by bit.

        Raises:
            UpdateError: it broke off, or it comes too slowly.
        """
        began, arrived = self._monotonic(), 0
        with _Reads(response, self._patience.window_seconds) as reads:
            while chunk := reads.next():
                arrived += len(chunk)
                now = self._monotonic()
                if now - began >= self._patience.window_seconds:
                    if arrived < self._patience.window_bytes:
                        raise UpdateError(UpdateReason.SLOW, {"bytes": arrived})
                    began, arrived = now, 0
                yield chunk

    def _follow(self, url: str, headers: Mapping[str, str]) -> urllib3.BaseHTTPResponse:
        for _ in range(MAX_REDIRECTS + 1):
            require_safe(url)
            response = self._ask(url, headers)
            if response.status not in _REDIRECTS:
                return response
            response.close()
            with _as_refusals():
                to = urljoin(url, response.headers.get("Location", ""))
            if url.startswith("https:") and not to.startswith("https:"):
                raise UpdateError(UpdateReason.INSECURE_ADDRESS)
            url = to
        raise UpdateError(UpdateReason.UNREACHABLE, {"why": "too many redirects"})

    def _ask(self, url: str, headers: Mapping[str, str]) -> urllib3.BaseHTTPResponse:
        sent = {"User-Agent": _USER_AGENT, "Accept-Encoding": "identity", **headers}
        timeout = urllib3.Timeout(connect=self._patience.connect_seconds, read=self._patience.gap_seconds)
        with _as_refusals():
            return self._pool(url).request(
                "GET",
                url,
                headers=sent,
                timeout=timeout,
                retries=False,
                redirect=False,
                preload_content=False,
            )

    def _pool(self, url: str) -> urllib3.PoolManager:
        scheme, proxy = urlsplit(url).scheme, _proxy_for(url)
        if (scheme, proxy) not in self._pools:
            tls = {"ssl_context": _authorities()} if scheme == "https" else {}
            self._pools[scheme, proxy] = _new_pool(proxy, self._patience.head_seconds, tls)
        return self._pools[scheme, proxy]


def require_safe(url: str) -> None:
    """Refuse an address that others on the way could answer for.

    Raises:
        UpdateError: it is neither `https`, nor `http` on this computer.
    """
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError as error:
        raise UpdateError(UpdateReason.INSECURE_ADDRESS) from error
    if not host or not (parts.scheme == "https" or (parts.scheme == "http" and _is_loopback(host))):
        raise UpdateError(UpdateReason.INSECURE_ADDRESS)


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _proxy_for(url: str) -> str | None:
    parts = urlsplit(url)
    host = parts.hostname or ""
    if _is_loopback(host) or proxy_bypass(host):
        return None
    proxies = getproxies()
    return proxies.get(parts.scheme) or proxies.get("all")


def _authorities() -> ssl.SSLContext:
    """Trust the system's store, where offices put their own, and certifi's, if that is not found."""
    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    return context


def _new_pool(proxy: str | None, head_seconds: float, tls: dict[str, Any]) -> urllib3.PoolManager:
    pool = urllib3.ProxyManager(proxy, **tls) if proxy else urllib3.PoolManager(**tls)
    pool.pool_classes_by_scheme = {
        "http": type("Plain", (urllib3.HTTPConnectionPool,), {"ConnectionCls": _plain(head_seconds)}),
        "https": type("Secure", (urllib3.HTTPSConnectionPool,), {"ConnectionCls": _secure(head_seconds)}),
    }
    return pool


def _plain(seconds: float) -> type[HTTPConnection]:
    class Connection(HTTPConnection):
        """One that does not wait for ever for the head of an answer."""

        def getresponse(self) -> Any:
            with _given_up_after(seconds, lambda: self.sock):
                return super().getresponse()

    return Connection


def _secure(seconds: float) -> type[HTTPSConnection]:
    class Connection(HTTPSConnection):
        """One that does not wait for ever for the head of an answer."""

        def getresponse(self) -> Any:
            with _given_up_after(seconds, lambda: self.sock):
                return super().getresponse()

    return Connection


@contextmanager
def _given_up_after(seconds: float, socket_of: Callable[[], socket.socket | None]) -> Iterator[None]:
    """Hang up when the block takes longer: each byte that drips in begins the socket's own wait anew."""
    gave_up = threading.Event()

    def give_up() -> None:
        gave_up.set()
        with contextlib.suppress(OSError, AttributeError):  # it is closed already
            socket_of().shutdown(socket.SHUT_RDWR)  # type: ignore[union-attr]  # None is an AttributeError

    timer = threading.Timer(seconds, give_up)
    timer.daemon = True
    timer.start()
    try:
        yield
    except Exception:
        if not gave_up.is_set():
            raise
    finally:
        timer.cancel()
    if gave_up.is_set():  # a head that was hung up on may even pass for a short one
        raise UpdateError(UpdateReason.SLOW, {"why": "head"})


class _Reads:
    """Reads a body, and hangs up when one read takes too long.

    A server can drip what is no content: the line before a chunk, or lines behind the last one, which
    `http.client` reads to their end, however long that takes.
    """

    def __init__(self, response: urllib3.BaseHTTPResponse, seconds: float) -> None:
        self._response = response
        self._seconds = seconds
        self._begun = self._done = 0
        self._ended, self._gave_up = threading.Event(), threading.Event()

    def __enter__(self) -> Self:
        threading.Thread(target=self._watch, name="updates-body", daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()

    def next(self) -> bytes:
        """Return what has come next; nothing at the end."""
        self._begun += 1
        try:
            with _as_refusals():
                # `read1` returns what has come; `stream` would wait for a whole chunk, however slow.
                chunk = self._response.read1(CHUNK_BYTES, decode_content=False)
        except UpdateError:
            if not self._gave_up.is_set():
                raise
            chunk = b""
        finally:
            self._done += 1
        if self._gave_up.is_set():  # a body that was hung up on may even pass for a whole one
            raise UpdateError(UpdateReason.SLOW, {"why": "drip"})
        return chunk

    def _watch(self) -> None:
        seen = 0
        while not self._ended.wait(self._seconds):
            if self._done < self._begun == seen:
                self._gave_up.set()
                with contextlib.suppress(OSError, RuntimeError, ValueError):  # it is closed already
                    self._response.shutdown()
                return
            seen = self._begun


@contextmanager
def _as_refusals() -> Iterator[None]:
    try:
        yield
    except Urllib3TimeoutError as error:
        raise UpdateError(UpdateReason.SLOW, {"why": type(error).__name__}) from error
    except (HTTPError, OSError, ValueError) as error:
        why = "cut" if isinstance(error, ProtocolError) else type(error).__name__
        raise UpdateError(UpdateReason.UNREACHABLE, {"why": why}) from error
