"""Whose address a request comes from, where proxies in front of this server say it.

`ProxyFix` takes the entry of ``X-Forwarded-For`` that the nearest trusted proxies wrote, as it stands. Some
proxies write the caller's port with it (``192.0.2.7:5678``, ``[2001:db8::1]:443``), and with a port in it
each connection would be another caller, for the limits, and nobody, for the audit log.
"""

import ipaddress
import re
from collections.abc import Iterable
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from werkzeug.middleware.proxy_fix import ProxyFix

_ADDRESS = "REMOTE_ADDR"
_WITH_PORT = re.compile(r"\[(?P<v6>[^\[\]]+)\](?::\d{1,5})?|(?P<v4>[0-9.]+):\d{1,5}", re.ASCII)


def behind_proxies(app: WSGIApplication, proxies: int) -> ProxyFix:
    """Wrap an application that so many trusted proxies stand before."""

    def with_an_address(environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        said = address_in(environ.get(_ADDRESS, ""))
        environ[_ADDRESS] = said or environ["werkzeug.proxy_fix.orig"][_ADDRESS] or ""
        return app(environ, start)

    return ProxyFix(with_an_address, x_for=proxies)


def address_in(entry: str) -> str:
    """Return the IP address of an entry of ``X-Forwarded-For``; empty when it is none.

    Example:
        >>> address_in("192.0.2.7:5678"), address_in("[2001:DB8::1]:443"), address_in("unknown")
        ('192.0.2.7', '2001:db8::1', '')
    """
    found = _WITH_PORT.fullmatch(entry.strip())
    text = (found["v6"] or found["v4"]) if found else entry.strip()
    try:
        return str(ipaddress.ip_address(text.partition("%")[0]))
    except ValueError:
        return ""
