"""The application for gunicorn: ``gunicorn cloud_api.wsgi:app``. Only a server imports this."""

import atexit
from collections.abc import Callable, Iterable
from typing import Any

import gevent  # type: ignore[import-untyped]  # it brings no types

from cloud_api.app import create_app
from cloud_api.request_log import configure_logging
from cloud_api.retention import worker as retention
from cloud_api.services import build_services
from cloud_api.settings import CloudSettings

configure_logging()
_services = build_services(CloudSettings())
atexit.register(_services.close)
retention.start(_services.database, _services.objects, _services.stopping)
_answer = create_app(_services)


def app(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Answer in a greenlet beside the one that sends the answer.

    A greenlet holds the memory of its deepest call for as long as it lives, and that of a stream lives for
    hours: 8 kB of each that nobody needs.
    """
    answer: Iterable[bytes] = gevent.spawn(_answer, environ, start_response).get()
    return answer
