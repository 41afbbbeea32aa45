"""Record everybody whom the portal's lists show, as they come.

A walk that was broken off is made again from the start: who is recorded already is recognised by the portal's
number, appearance by appearance, and gets no second row.
"""

from collections import Counter
from dataclasses import dataclass

from agent_core.downloads.plan import STOPS_THE_JOB
from agent_core.downloads.queue import PORTAL_TROUBLE
from agent_core.downloads.task import Task, reason_for_all
from agent_core.errors import PortalError, PortalSessionError
from agent_core.ports import PortalSession, SessionState
from protocol.jobs import LogLevel
from protocol.reasons import Reason


@dataclass(frozen=True)
class Walk:
    """How a walk ended; complete with neither.

    Attributes:
        stop: why nothing more can be done now.
        missing: why some of the lists were left out.
    """

    stop: Reason | None = None
    missing: Reason | None = None


def walk_lists(task: Task) -> Walk:
    """Walk the lists unless that was done, and record who is new."""
    if task.store.is_walked(task.job_id):
        return Walk()
    try:
        stop = _record_all(task)
    except PortalSessionError as error:
        task.tell(LogLevel.WARNING, error.reason, error.detail)
        return Walk(stop=reason_for_all(error))
    except PortalError as error:
        if error.reason is task.stop():
            return Walk(stop=error.reason)
        task.tell(LogLevel.WARNING, error.reason, error.detail)
        return _after(task.portal, error.reason)
    if stop is None:
        task.store.walked(task.job_id)
        task.store.log(task.job_id, LogLevel.INFO, f"{task.store.job(task.job_id).counts.listed} listed")
    return Walk(stop=stop)


def whether_portal_is_away(portal: PortalSession, reason: Reason) -> Reason | None:
    """Look at the portal after trouble; return why nobody can be fetched now, or nothing if it answers."""
    looked = portal.check_health()
    if looked.state is not SessionState.CONNECTED:
        return looked.reason or Reason.PORTAL_SESSION_ENDED
    if looked.reason is None:
        return None
    return looked.reason if looked.reason in PORTAL_TROUBLE | STOPS_THE_JOB else reason


def _after(portal: PortalSession, reason: Reason) -> Walk:
    if reason in STOPS_THE_JOB:
        return Walk(stop=reason)
    if reason in PORTAL_TROUBLE:
        away = whether_portal_is_away(portal, reason)
        return Walk(stop=away, missing=None if away else reason)
    return Walk(missing=reason)


def _record_all(task: Task) -> Reason | None:
    """Record who is not recorded yet; return why the walk was broken off, if it was."""
    there = Counter(row.candidate_external_id or row.details_url for row in task.store.listings(task.job_id))
    for listing in task.portal.listings(task.job.rank, task.job.ship_type, task.stop):
        stop = task.stop()
        if stop is not None:
            return stop
        key = listing.candidate_external_id or listing.details_url
        if there[key] > 0:
            there[key] -= 1
        else:
            task.store.add_listing(task.job_id, listing)
    return task.stop()
