"""Routes of download jobs."""

import time
from typing import Any
from uuid import UUID

from apiflask import APIBlueprint
from flask import Response, request

from cloud_api.auth.guard import Guard, allow, current_principal
from cloud_api.auth.lasting import LastingAccess
from cloud_api.auth.policy import Action
from cloud_api.db.pool import Database
from cloud_api.errors import InvalidRequest
from cloud_api.jobs import command, run
from cloud_api.jobs.feed import JobFeeds, Look, written
from cloud_api.jobs.schemas import JobCommandRequest, JobCreate, JobPage, JobsQuery, JobView
from cloud_api.jobs.stream import Follower, job_stream
from cloud_api.live.events import event_stream
from cloud_api.live.seats import StreamSeats
from cloud_api.live.watch import Subject, Watch
from protocol.reasons import Reason

_MAX_SEQ_DIGITS = 12
_Responses = dict[int | str, dict[str, str | dict[str, dict[str, Any]]]]
_JOB_VIEW = {"application/json": {"schema": {"$ref": "#/components/schemas/JobView"}}}
_THERE_ALREADY: _Responses = {200: {"description": "The job was there already", "content": _JOB_VIEW}}
_STREAM: _Responses = {200: {"description": "Server-sent events", "content": {"text/event-stream": {}}}}


def blueprint(database: Database, guard: Guard, watch: Watch, seats: StreamSeats) -> APIBlueprint:
    """Make the routes; ``watch`` wakes who follows a job, each stream takes a seat."""
    routes = APIBlueprint("jobs", __name__, url_prefix="/api")

    @routes.post("/jobs/download")
    @allow(Action.JOB_CREATE)
    @routes.input(JobCreate)
    @routes.output(JobView, status_code=201)
    @routes.doc(responses=_THERE_ALREADY)
    def create_job(json_data: JobCreate) -> tuple[JobView, int]:
        """Make a download job for one of the person's own computers; the same id again changes nothing."""
        job, made = run.create(database, current_principal(), json_data)
        return job, 201 if made else 200

    @routes.get("/jobs")
    @allow(Action.JOB_READ)
    @routes.input(JobsQuery, location="query")
    @routes.output(JobPage)
    def list_jobs(query_data: JobsQuery) -> JobPage:
        """List the jobs that the person may see, newest first."""
        return run.page(database, current_principal(), query_data)

    @routes.get("/jobs/<uuid:job_id>")
    @allow(Action.JOB_READ)
    @routes.output(JobView)
    def get_job(job_id: UUID) -> JobView:
        """Look at one job."""
        return run.one(database, current_principal(), job_id)

    _add_commands(routes, database)

    _add_stream(routes, database, guard, watch, seats)

    return routes


def _add_commands(routes: APIBlueprint, database: Database) -> None:
    @routes.post("/jobs/<uuid:job_id>/commands")
    @allow(Action.JOB_COMMAND)
    @routes.input(JobCommandRequest)
    @routes.output(JobView)
    def command_job(job_id: UUID, json_data: JobCommandRequest) -> JobView:
        """Have the job's computer cancel it, pause it or go on with it; the same id again changes nothing."""
        command.ask(database, current_principal(), job_id, json_data)
        return run.one(database, current_principal(), job_id)


def _add_stream(
    routes: APIBlueprint, database: Database, guard: Guard, watch: Watch, seats: StreamSeats
) -> None:
    feeds = JobFeeds()

    @routes.get("/jobs/<uuid:job_id>/stream")
    @allow(Action.JOB_READ)
    @routes.doc(responses=_STREAM)
    def stream_job(job_id: UUID) -> Response:
        """Follow a job: each line of its log, and the job whenever it changed, until it is over."""
        after_seq = last_event_id(request.headers.get("Last-Event-ID", ""))
        asker, authorization = current_principal(), request.headers.get("Authorization")
        access = LastingAccess(guard, asker, authorization, Action.JOB_READ, time.monotonic)
        job = Subject("job", asker.organisation_id, job_id)

        def read(seq: int) -> Look:
            return run.look(database, asker, job_id, seq)

        seats.take(asker.user_id)
        watcher, feed = watch.open(job, access.subject), feeds.follow(asker.organisation_id, job_id)

        def leave() -> None:
            watcher.close()
            feeds.leave(asker.organisation_id, job_id)
            seats.leave(asker.user_id)

        try:
            first = written(read(after_seq))
        except Exception:
            leave()
            raise
        follower = Follower(watcher, job, feed, read, access.check, watch.stopping.is_set)
        return event_stream(job_stream(first, follower, after_seq), leave)


def last_event_id(value: str) -> int:
    """Return the number of the last line that a reader has; 0 for none.

    Raises:
        InvalidRequest: the header is not a line's number.
    """
    if not value:
        return 0
    if not (value.isascii() and value.isdigit()) or len(value) > _MAX_SEQ_DIGITS:
        raise InvalidRequest(Reason.REQUEST_INVALID, "Last-Event-ID: not a line's number")
    return int(value)
