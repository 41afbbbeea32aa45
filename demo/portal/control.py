"""The control routes, with which tests set faults and read counters. Closed without the control token."""

from hmac import compare_digest

from flask import Blueprint, Response, jsonify, request
from flask.typing import ResponseReturnValue
from pydantic import ValidationError

from demo.portal.faults import FaultList
from demo.portal.state import Portal


def routes(portal: Portal) -> Blueprint:
    """Make the control routes."""
    blueprint = Blueprint("control", __name__, url_prefix="/control")

    @blueprint.before_request
    def closed() -> ResponseReturnValue | None:
        expected = portal.options.control_token
        given = request.headers.get("Authorization", "")
        if expected and compare_digest(given.encode(), f"Bearer {expected}".encode()):
            return None
        return Response("The control token is missing or wrong.\n", status=403, mimetype="text/plain")

    @blueprint.post("/faults")
    def set_faults() -> ResponseReturnValue:
        try:
            wanted = FaultList.model_validate_json(request.get_data())
        except ValidationError as error:
            return jsonify(errors=error.errors(include_url=False, include_context=False)), 422
        portal.faults.replace(wanted.faults)
        return jsonify(wanted.model_dump(mode="json"))

    @blueprint.get("/faults")
    def faults() -> Response:
        return jsonify(FaultList(faults=portal.faults.current()).model_dump(mode="json"))

    @blueprint.get("/counters")
    def counters() -> Response:
        return jsonify(portal.counters.snapshot())

    return blueprint
