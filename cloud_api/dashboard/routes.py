"""Routes of the dashboard."""

import time
from collections.abc import Callable
from datetime import datetime
from typing import Any

from apiflask import APIBlueprint
from flask import Response, request

from cloud_api.auth.guard import Guard, allow, current_principal
from cloud_api.auth.lasting import LastingAccess
from cloud_api.auth.policy import Action
from cloud_api.dashboard import change, read
from cloud_api.dashboard.schemas import (
    ChangesQuery,
    DashboardChanges,
    DashboardData,
    DashboardQuery,
    DashboardRow,
    NoteRequest,
    StatusRequest,
)
from cloud_api.dashboard.stream import change_stream
from cloud_api.db.pool import Database
from cloud_api.errors import InvalidRequest
from cloud_api.live.events import event_stream
from cloud_api.live.seats import StreamSeats
from cloud_api.live.watch import Subject, Watch
from protocol.reasons import Reason

_MAX_SEQ_DIGITS = 18
_Responses = dict[int | str, dict[str, str | dict[str, dict[str, Any]]]]
_STREAM: _Responses = {200: {"description": "Server-sent events", "content": {"text/event-stream": {}}}}


def blueprint(
    database: Database, guard: Guard, watch: Watch, seats: StreamSeats, clock: Callable[[], datetime]
) -> APIBlueprint:
    """Make the routes; ``watch`` wakes who waits for what others change, each stream takes a seat."""
    routes = APIBlueprint("dashboard", __name__, url_prefix="/api/dashboard")

    @routes.get("/data")
    @allow(Action.DASHBOARD_READ)
    @routes.input(DashboardQuery, location="query")
    @routes.output(DashboardData)
    def dashboard_data(query_data: DashboardQuery) -> DashboardData:
        """Read one page of the office's verified candidates, newest touch first, with the counts."""
        return read.data(database, current_principal(), query_data, clock())

    @routes.get("/changes")
    @allow(Action.DASHBOARD_READ)
    @routes.input(ChangesQuery, location="query")
    @routes.output(DashboardChanges)
    def dashboard_changes(query_data: ChangesQuery) -> DashboardChanges:
        """Read whoever was changed by anybody after a number, under the filters of the list on screen."""
        return read.changes(database, current_principal(), query_data, clock())

    _add_stream(routes, guard, watch, seats)

    @routes.post("/status")
    @allow(Action.STATUS_SET)
    @routes.input(StatusRequest)
    @routes.output(DashboardRow)
    def set_status(json_data: StatusRequest) -> DashboardRow:
        """Set a candidate's status, on the version that was on screen."""
        return change.set_status(database, current_principal(), json_data, clock)

    @routes.post("/notes")
    @allow(Action.NOTE_WRITE)
    @routes.input(NoteRequest)
    @routes.output(DashboardRow)
    def add_note(json_data: NoteRequest) -> DashboardRow:
        """Write a note, on the version that was on screen."""
        return change.add_note(database, current_principal(), json_data, clock)

    return routes


def _add_stream(routes: APIBlueprint, guard: Guard, watch: Watch, seats: StreamSeats) -> None:
    @routes.get("/stream")
    @allow(Action.DASHBOARD_READ)
    @routes.doc(responses=_STREAM)
    def stream_changes() -> Response:
        """Be told the number of each change of the office's people, as it happens."""
        after = last_seq(request.headers.get("Last-Event-ID", ""))
        asker, authorization = current_principal(), request.headers.get("Authorization")
        access = LastingAccess(guard, asker, authorization, Action.DASHBOARD_READ, time.monotonic)
        office, person_id = Subject("office", asker.organisation_id, asker.organisation_id), asker.user_id
        seats.take(person_id)
        watcher = watch.open(office, access.subject)

        def leave() -> None:
            watcher.close()
            seats.leave(person_id)

        try:
            access.check({access.subject})  # what changed before this was watched
        except Exception:
            leave()
            raise
        body = change_stream(watcher, office, after, access.check, watch.stopping.is_set)
        return event_stream(body, leave)


def last_seq(value: str) -> int:
    """Return the number of the last change that a reader has; 0 for none.

    Raises:
        InvalidRequest: the header is not a change's number.
    """
    if not value:
        return 0
    if not (value.isascii() and value.isdigit()) or len(value) > _MAX_SEQ_DIGITS:
        raise InvalidRequest(Reason.REQUEST_INVALID, "Last-Event-ID: not a change's number")
    return int(value)
