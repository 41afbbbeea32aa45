"""The states of an update, and which follows which. Pure.

Example:
    >>> ready = UpdateStatus(UpdateState.STAGED, "1.4.1", 141, "stable", offered="1.4.2")
    >>> move(ready, UpdateState.READY).state
    <UpdateState.READY: 'ready'>
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from agent_core.ports import EndedUpdate, UpdateState, UpdateStatus
from protocol.updates import UpdateResult

_S = UpdateState
FOLLOWS: Mapping[UpdateState, frozenset[UpdateState]] = {
    _S.IDLE: frozenset({_S.CHECKING}),
    _S.CHECKING: frozenset({_S.IDLE, _S.HELD, _S.OFFERED, _S.FAILED}),
    _S.HELD: frozenset({_S.CHECKING}),
    _S.OFFERED: frozenset({_S.CHECKING, _S.DOWNLOADING, _S.PAUSED, _S.READY}),  # ready: it lies there already
    _S.DOWNLOADING: frozenset({_S.PAUSED, _S.VERIFIED, _S.FAILED}),
    _S.PAUSED: frozenset({_S.DOWNLOADING, _S.OFFERED, _S.HELD, _S.IDLE}),
    _S.VERIFIED: frozenset({_S.STAGED, _S.DOWNLOADING, _S.FAILED}),  # downloading: a delta did not fit
    _S.STAGED: frozenset({_S.READY, _S.FAILED}),
    _S.READY: frozenset({_S.PENDING, _S.OFFERED, _S.HELD, _S.IDLE, _S.FAILED}),
    _S.PENDING: frozenset({_S.OFFERED, _S.HELD, _S.IDLE, _S.FAILED}),
    _S.PROBATION: frozenset({_S.COMMITTED}),
    _S.COMMITTED: frozenset({_S.CHECKING}),
    _S.FAILED: frozenset({_S.CHECKING}),
    _S.ROLLED_BACK: frozenset({_S.CHECKING}),
}
"""State -> what it may become."""

WAITING = frozenset({_S.PAUSED, _S.READY, _S.PENDING})
"""A look in between leaves these as they are, unless it finds something else to do."""

ON_DISK = frozenset({_S.READY, _S.PENDING})
"""The new version is whole on the disk and can be started."""


class NotNextError(Exception):
    """An update cannot become this now: a fault of the program."""


def move(status: UpdateStatus, to: UpdateState, **changes: Any) -> UpdateStatus:
    """Return the status in another state.

    Raises:
        NotNextError: the chart has no such step.
    """
    if to not in FOLLOWS[status.state]:
        raise NotNextError(f"{status.state.value} -> {to.value}")
    return replace(status, state=to, **changes)


def without_offer(status: UpdateStatus, to: UpdateState, **changes: Any) -> UpdateStatus:
    """Return the status in a state in which nothing is offered."""
    nothing: dict[str, Any] = {
        "offered": None,
        "notes": "",
        "is_critical": False,
        "done_bytes": 0,
        "total_bytes": 0,
        "reason": None,
        "restart": None,
        "restart_at": None,
    }
    return move(status, to, **{**nothing, **changes})


def state_after(ended: EndedUpdate | None, version: str) -> UpdateState:
    """Return the state that a program starts in, by how the last update ended."""
    if ended is None:
        return UpdateState.IDLE
    if ended.result is UpdateResult.COMMITTED:
        return UpdateState.COMMITTED if ended.to_version == version else UpdateState.IDLE
    return UpdateState.ROLLED_BACK if ended.result is UpdateResult.ROLLED_BACK else UpdateState.FAILED
