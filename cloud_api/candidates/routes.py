"""Routes of Review and of the candidate panel."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from apiflask import APIBlueprint

from cloud_api.auth.guard import allow, current_principal
from cloud_api.auth.policy import Action
from cloud_api.candidates import look, review
from cloud_api.candidates.schemas import (
    CandidatePanel,
    FindQuery,
    FoundCandidates,
    History,
    ReviewPage,
    ReviewQuery,
    ReviewRequest,
    UndoRequest,
)
from cloud_api.db.pool import Database
from protocol.ingest import IngestResult


def blueprint(database: Database, clock: Callable[[], datetime]) -> APIBlueprint:
    """Make the routes."""
    routes = APIBlueprint("candidates", __name__, url_prefix="/api")
    _review(routes, database, clock)
    _people(routes, database)
    return routes


def _review(routes: APIBlueprint, database: Database, clock: Callable[[], datetime]) -> None:
    @routes.get("/review")
    @allow(Action.REVIEW_READ)
    @routes.input(ReviewQuery, location="query")
    @routes.output(ReviewPage)
    def list_review(query_data: ReviewQuery) -> ReviewPage:
        """List the resumes that nobody has looked at, oldest first."""
        return review.page(database, current_principal(), query_data)

    @routes.post("/review/verify")
    @allow(Action.REVIEW_DECIDE)
    @routes.input(ReviewRequest)
    @routes.output(IngestResult)
    def verify(json_data: ReviewRequest) -> IngestResult:
        """Put the people of these resumes on the dashboard; one verdict each."""
        return review.verify(database, current_principal(), json_data, clock)

    @routes.post("/review/pass")
    @allow(Action.REVIEW_DECIDE)
    @routes.input(ReviewRequest)
    @routes.output(IngestResult)
    def pass_over(json_data: ReviewRequest) -> IngestResult:
        """Leave the people of these resumes off the dashboard; one verdict each."""
        return review.pass_over(database, current_principal(), json_data, clock)

    @routes.post("/undo")
    @allow(Action.EVENT_UNDO)
    @routes.input(UndoRequest)
    @routes.output(IngestResult)
    def undo(json_data: UndoRequest) -> IngestResult:
        """Take an event of one's own back, within ten minutes."""
        return review.undo(database, current_principal(), json_data, clock)


def _people(routes: APIBlueprint, database: Database) -> None:
    @routes.get("/candidates/find")
    @allow(Action.CANDIDATE_READ)
    @routes.input(FindQuery, location="query")
    @routes.output(FoundCandidates)
    def find_candidates(query_data: FindQuery) -> FoundCandidates:
        """Find anyone by name, the last digits of a phone number, or the portal's number."""
        return look.find(database, current_principal(), query_data.q)

    @routes.get("/candidates/<uuid:candidate_id>")
    @allow(Action.CANDIDATE_READ)
    @routes.output(CandidatePanel)
    def candidate_panel(candidate_id: UUID) -> CandidatePanel:
        """Read everything that the panel shows of a person."""
        return look.panel(database, current_principal(), candidate_id)

    @routes.get("/candidates/<uuid:candidate_id>/history")
    @allow(Action.CANDIDATE_READ)
    @routes.output(History)
    def candidate_history(candidate_id: UUID) -> History:
        """Read who did what and when, newest first."""
        return look.history(database, current_principal(), candidate_id)
