"""Every refusal is a problem document with a fitting status, and tells nobody's data."""

import json

import pytest
from apiflask import APIFlask

from agent_core.errors import CloudError, RequestError
from agent_core.local_api import problems
from protocol.problems import PROBLEM_MEDIA_TYPE
from protocol.reasons import Reason


@pytest.mark.parametrize("reason", list(Reason))
def test_every_reason_has_a_status_of_a_refusal(reason: Reason) -> None:
    response = problems.answer(reason)
    document = json.loads(response.data)
    assert 400 <= response.status_code < 600
    assert (document["status"], document["reason"]) == (response.status_code, reason)
    assert response.content_type == PROBLEM_MEDIA_TYPE


@pytest.mark.parametrize(
    ("error", "status", "reason"),
    [
        (RequestError(Reason.LOGIN_BUSY), 409, Reason.LOGIN_BUSY),
        (CloudError(Reason.CLOUD_UNREACHABLE), 502, Reason.CLOUD_UNREACHABLE),
        (ValueError("canary"), 500, Reason.SERVER_FAULT),
        (RecursionError(), 422, Reason.REQUEST_INVALID),
    ],
)
def test_every_exception_becomes_a_problem(error: Exception, status: int, reason: Reason) -> None:
    app = APIFlask("test", spec_path=None, docs_path=None, json_errors=False)
    app.config["PROPAGATE_EXCEPTIONS"] = False
    problems.register(app)

    @app.get("/")
    def fail() -> str:
        raise error

    answer = app.test_client().get("/")
    assert (answer.status_code, answer.get_json(force=True)["reason"]) == (status, reason)
    assert b"canary" not in answer.data
