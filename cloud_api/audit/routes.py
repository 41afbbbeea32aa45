"""Routes of the audit log."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from apiflask import APIBlueprint
from flask import Response

from cloud_api.audit import read
from cloud_api.audit.schemas import AuditChoices, AuditFilter, AuditPage, AuditQuery
from cloud_api.audit.table import CSV
from cloud_api.auth.guard import allow, current_principal
from cloud_api.auth.policy import Action
from cloud_api.db.pool import Database

_Responses = dict[int | str, dict[str, str | dict[str, dict[str, Any]]]]
_TABLE: _Responses = {
    200: {
        "description": "The table, as a stream",
        "content": {CSV: {"schema": {"type": "string", "format": "binary"}}},
    }
}


def blueprint(database: Database, clock: Callable[[], datetime], goes_on: Callable[[], bool]) -> APIBlueprint:
    """Make the routes; a table that is being sent is broken off when ``goes_on`` says no."""
    routes = APIBlueprint("audit", __name__, url_prefix="/api")

    @routes.get("/audit")
    @allow(Action.AUDIT_READ)
    @routes.input(AuditQuery, location="query")
    @routes.output(AuditPage)
    def audit_page(query_data: AuditQuery) -> AuditPage:
        """Read who did what to whom, when and from where, newest first."""
        return read.page(database, current_principal(), query_data)

    @routes.get("/audit/choices")
    @allow(Action.AUDIT_READ)
    @routes.output(AuditChoices)
    def audit_choices() -> AuditChoices:
        """Read whom and what the log can be filtered by."""
        return read.choices(database, current_principal())

    @routes.get("/audit.csv")
    @allow(Action.AUDIT_READ)
    @routes.input(AuditFilter, location="query")
    @routes.doc(responses=_TABLE)
    def audit_table(query_data: AuditFilter) -> Response:
        """Read the log as a table; that it is taken is in the log first."""
        body = read.table(database, current_principal(), query_data, goes_on)
        response = Response(body, mimetype=CSV)
        name = f"NjordHR_audit_{clock().astimezone(UTC):%Y-%m-%d_%H%M}.csv"
        response.headers.set("Content-Disposition", "attachment", filename=name)
        return response

    return routes
