"""Routes of the dashboard."""

from collections.abc import Callable
from datetime import datetime

from apiflask import APIBlueprint

from cloud_api.auth.guard import allow, current_principal
from cloud_api.auth.policy import Action
from cloud_api.dashboard import change, read
from cloud_api.dashboard.schemas import (
    DashboardData,
    DashboardQuery,
    DashboardRow,
    NoteRequest,
    StatusRequest,
)
from cloud_api.db.pool import Database


def blueprint(database: Database, clock: Callable[[], datetime]) -> APIBlueprint:
    """Make the routes."""
    routes = APIBlueprint("dashboard", __name__, url_prefix="/api/dashboard")

    @routes.get("/data")
    @allow(Action.DASHBOARD_READ)
    @routes.input(DashboardQuery, location="query")
    @routes.output(DashboardData)
    def dashboard_data(query_data: DashboardQuery) -> DashboardData:
        """Read one page of the office's verified candidates, newest touch first, with the counts."""
        return read.data(database, current_principal(), query_data, clock())

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
