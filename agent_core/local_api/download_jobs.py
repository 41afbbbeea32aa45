"""Downloads: start, look, pause, cancel, retry, and follow each person's outcome as it comes."""

from uuid import UUID

from apiflask import APIBlueprint
from flask import Response, request

from agent_core.errors import RequestError
from agent_core.local_api.guard import bearer
from agent_core.local_api.openapi import plain_answer
from agent_core.local_api.schemas import DownloadRequest, JobDetails, JobList, RetryRequest
from agent_core.local_api.services import Services
from agent_core.local_api.stream import (
    StreamSeats,
    job_stream,
    last_event_id,
    listing_view,
    place_of,
    queued_job,
    seconds_left,
)
from protocol.jobs import JobRequest, JobSnapshot
from protocol.reasons import Reason

EVENT_STREAM = "text/event-stream"


def blueprint(services: Services, seats: StreamSeats) -> APIBlueprint:
    """Make the routes; each open stream takes one of the seats."""
    routes = APIBlueprint("jobs", __name__)

    @routes.post("/jobs/download")
    @routes.input(DownloadRequest)
    @routes.output(JobSnapshot, status_code=201)
    def submit(json_data: DownloadRequest) -> JobSnapshot:
        """Queue a download."""
        return services.portal.submit(JobRequest(**json_data.model_dump()))

    @routes.get("/jobs")
    @routes.output(JobList)
    def list_jobs() -> JobList:
        """List the newest jobs of this computer, newest first."""
        queue = [queued_job(place) for place in services.portal.queue()]
        return JobList(jobs=list(services.store.newest_jobs()), queue=queue)

    @routes.get("/jobs/<uuid:job_id>")
    @routes.output(JobDetails)
    def get_job(job_id: UUID) -> JobDetails:
        """Look at a job and every person in it."""
        look = services.store.changes(job_id)
        return JobDetails(
            job=look.job,
            listings=sorted(map(listing_view, look.listings), key=lambda row: row.seq),
            seconds_left=seconds_left(look.job, look.pace, services.clock()),
            queued=place_of(services.portal.queue(), job_id),
        )

    _add_changes(routes, services)

    @routes.get("/jobs/<uuid:job_id>/stream")
    @routes.doc(responses=plain_answer("Server-sent events", EVENT_STREAM))
    def stream(job_id: UUID) -> Response:
        """Follow a job until it is over."""
        since = last_event_id(request.headers.get("Last-Event-ID", ""))
        services.store.job(job_id)
        token = bearer(request.headers.get("Authorization", ""))
        is_gone = request.environ.get("waitress.client_disconnected", lambda: False)

        def goes_on() -> bool:
            return not services.is_stopping() and not is_gone() and services.tokens.is_good(token)

        if not seats.take():
            raise RequestError(Reason.REQUEST_TOO_MANY, "streams")
        body = job_stream(
            services.store, job_id, since, goes_on=goes_on, queue=services.portal.queue, clock=services.clock
        )
        response = Response(body, mimetype=EVENT_STREAM)
        response.call_on_close(seats.give_back)
        return response

    return routes


def _add_changes(routes: APIBlueprint, services: Services) -> None:
    @routes.post("/jobs/<uuid:job_id>/cancel")
    @routes.output(JobSnapshot)
    def cancel(job_id: UUID) -> JobSnapshot:
        """Cancel a job that is not over, for good."""
        return services.portal.cancel(job_id)

    @routes.post("/jobs/<uuid:job_id>/pause")
    @routes.output(JobSnapshot)
    def pause(job_id: UUID) -> JobSnapshot:
        """Pause a job that is not over; a running one once those who are being fetched are done."""
        return services.portal.pause(job_id)

    @routes.post("/jobs/<uuid:job_id>/resume")
    @routes.output(JobSnapshot)
    def resume(job_id: UUID) -> JobSnapshot:
        """Let a job go on that is paused or waits to be tried again."""
        return services.portal.resume(job_id)

    @routes.post("/jobs/<uuid:job_id>/retry")
    @routes.input(RetryRequest)
    @routes.output(JobSnapshot, status_code=201)
    def retry(job_id: UUID, json_data: RetryRequest) -> JobSnapshot:
        """Queue a job that fetches those again who failed, or these of them."""
        return services.portal.retry(job_id, json_data.seqs)
