"""That the office's people were changed, as server-sent events: the number of the newest change, no more.

The reader then asks for what was changed after the number that it has, under its own filters. The stream asks
the database nothing: the numbers are the marks that the process's watch sees.
"""

from collections.abc import Callable, Iterator

import psycopg
import structlog

from cloud_api.dashboard.schemas import ChangeNotice
from cloud_api.errors import CloudError
from cloud_api.live.watch import Subject, Watcher

COMMENT_SECONDS = 15.0
_log = structlog.get_logger("cloud_api.dashboard.stream")


def change_stream(
    watcher: Watcher,
    office: Subject,
    after: int,
    check: Callable[[frozenset[Subject]], None],
    is_over: Callable[[], bool],
) -> Iterator[bytes]:
    """Yield a notice for each new number until access is lost or the server stops.

    Args:
        watcher: wakes it for the office's candidates, and for its access.
        office: the subject whose mark is the number.
        after: the last number that the reader has.
        check: asks, after a wait, whether the reader may still read (see `cloud_api.auth.lasting`).
        is_over: tells whether the server stops.
    """
    yield b": watching\n\n"  # so that a proxy passes the answer's head on
    try:
        while True:
            changed = watcher.wait(COMMENT_SECONDS)
            if is_over():
                return
            check(changed)
            newest = int(watcher.mark(office) or after)
            if newest != after:  # a restored office counts from where its copy was made
                after = newest
                yield notice(newest)
            elif not changed:
                yield b": still here\n\n"
    except (CloudError, psycopg.OperationalError) as error:
        # The answer has begun, so it can only end; the reader asks again and is told the reason then.
        _log.info("stream_ended", error=type(error).__name__, reason=getattr(error, "reason", None))


def notice(seq: int) -> bytes:
    """Write one server-sent event."""
    return f"id: {seq}\nevent: changes\ndata: {ChangeNotice(seq=seq).model_dump_json()}\n\n".encode()
