"""The application as a whole: the routes of the specification, and room for requests beside streams."""

from pathlib import Path

from agent_core.local_api.app import STREAMS, THREADS
from tests.support.agent_rig import running_rig

OF_THE_SPECIFICATION = {
    ("GET", "/health"),
    ("GET", "/settings"),
    ("PUT", "/settings/download-folder"),
    ("POST", "/session/start"),
    ("POST", "/session/verify-otp"),
    ("POST", "/jobs/download"),
    ("GET", "/jobs/<uuid:job_id>/stream"),
    ("POST", "/session/disconnect"),
}


def test_the_routes_of_the_specification_are_there_verbatim(tmp_path: Path) -> None:
    with running_rig(tmp_path, start=False) as rig:
        routes = {
            (method, rule.rule) for rule in rig.app.url_map.iter_rules() for method in rule.methods or ()
        }
    assert routes >= OF_THE_SPECIFICATION


def test_streams_leave_threads_for_requests() -> None:
    assert THREADS > STREAMS
