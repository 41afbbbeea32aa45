"""Routes of the published releases, and of how updates ended."""

from typing import Any

from apiflask import APIBlueprint
from flask import Response, send_file

from cloud_api.auth.guard import allow, allow_anyone, current_principal
from cloud_api.auth.policy import Action
from cloud_api.db.pool import Database
from cloud_api.updates import read
from cloud_api.updates.feed import Feed, Published
from cloud_api.updates.schemas import UpdateOutcomePage, UpdateOutcomesQuery

_Responses = dict[int | str, dict[str, str | dict[str, dict[str, Any]]]]
_FILE: _Responses = {
    200: {
        "description": "The file, or the part of it that `Range` asks for (206)",
        "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
    }
}


def blueprint(database: Database, feed: Feed) -> APIBlueprint:
    """Make the routes."""
    routes = APIBlueprint("updates", __name__, url_prefix="/api/updates")

    @routes.get("/outcomes")
    @allow(Action.UPDATE_READ)
    @routes.input(UpdateOutcomesQuery, location="query")
    @routes.output(UpdateOutcomePage)
    def update_outcomes(query_data: UpdateOutcomesQuery) -> UpdateOutcomePage:
        """Read how updates of the computers ended that the person may see, newest first."""
        return read.outcomes(database, current_principal(), query_data)

    @routes.get("/<path:path>")
    @allow_anyone("releases are public, and what is believed of them is signed")
    @routes.doc(responses=_FILE)
    def published_file(path: str) -> Response:
        """Read a published file of the releases; parts of it by `Range`."""
        return answer(feed, Published(path))

    return routes


def answer(feed: Feed, file: Published) -> Response:
    """Return a published file, or a part of it, in a way that a cache in between can keep."""
    response = send_file(
        feed.find(file).absolute(),
        mimetype=file.media_type,
        conditional=True,
        etag=file.digest or True,
        max_age=file.max_age,
    )
    if file.max_age:
        response.cache_control.public = True
        response.cache_control.immutable = True
    else:
        response.cache_control.no_cache = True
    return response
