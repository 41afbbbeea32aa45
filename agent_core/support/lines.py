"""Which parts of a log line support is given. Pure: by key and shape, and what is not known is withheld.

The agent's log names nobody by itself. This is the second wall: a line that a fault, a library or somebody's
hand put there loses everything that is not a number, a known word, a code or an id of ours.
"""

import json
import re
from collections.abc import Mapping
from uuid import UUID

from protocol.reasons import Reason

WITHHELD = "withheld"
LARGEST_NUMBER = 10_000_000
"""A larger one could be somebody's phone number."""

_REASONS = frozenset(reason.value for reason in Reason)
_SHAPES: Mapping[str, re.Pattern[str]] = {
    "event": re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+){0,7}"),
    "level": re.compile(r"debug|info|warning|error|critical"),
    "timestamp": re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z"),
    "error": re.compile(r"[A-Z][A-Za-z0-9]{0,60}(Error|Exception|Warning|Timeout|Refused|Interrupt|Exit)"),
    "at": re.compile(r"[a-z0-9_]{1,60}\.py:\d{1,6}|"),
    "version": re.compile(r"\d{1,4}(\.\d{1,6}){0,4}([a-z]{1,5}\d{0,6})?"),
    "platform": re.compile(r"linux|win32|darwin"),
}
_IDS = frozenset({"job_id", "event_id", "resume_id", "device_id", "trace_id"})


def clean_line(line: str) -> str:
    """Return what may be seen of a line of the log, as JSON; how many parts were withheld stands in it."""
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        return json.dumps({WITHHELD: "a line that is not the agent's"})
    kept = {key: value for key, value in found.items() if _may_be_seen(key, value)}
    left_out = len(found) - len(kept)
    return json.dumps({**kept, WITHHELD: left_out} if left_out else kept)


def clean_log(text: str) -> str:
    """Clean every line of a log."""
    return "".join(f"{clean_line(line)}\n" for line in text.splitlines() if line.strip())


def _may_be_seen(key: str, value: object) -> bool:
    if key == "reason":
        return isinstance(value, str) and value in _REASONS
    if key in _IDS:
        return isinstance(value, str) and _is_uuid(value)
    if key in _SHAPES:
        return isinstance(value, str) and _SHAPES[key].fullmatch(value) is not None
    return key in NUMBERS and isinstance(value, int | float) and abs(value) < LARGEST_NUMBER


NUMBERS = frozenset(
    {
        "accepted", "attempt", "attempts", "bytes", "count", "failed", "files", "free_bytes", "length",
        "listed", "milliseconds", "page", "parked", "port", "rows", "seconds", "seq", "sent", "skipped",
        "status", "stored", "tries", "waiting",
    }
)  # fmt: skip
"""Keys whose numbers say how much, how long or how often."""


def _is_uuid(text: str) -> bool:
    try:
        return str(UUID(text)) == text
    except ValueError:
        return False
