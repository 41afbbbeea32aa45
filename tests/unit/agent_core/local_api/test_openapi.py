"""The committed document is the one that the routes make."""

from collections.abc import Iterator

import pytest

from agent_core.local_api.openapi import as_text, document, plain_answer
from tests.support.agent_rig import Rig, running_rig
from tests.support.tree import ROOT


@pytest.fixture(scope="module")
def rig(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Rig]:
    with running_rig(tmp_path_factory.mktemp("agent"), start=False) as joined:
        yield joined


def test_the_committed_document_is_fresh(rig: Rig) -> None:
    committed = (ROOT / "agent_core" / "openapi.json").read_text(encoding="utf-8")
    assert as_text(rig.app) == committed, "python -m agent_core --openapi > agent_core/openapi.json"


def test_every_operation_says_who_and_how_it_refuses(rig: Rig) -> None:
    spec = document(rig.app)
    assert spec["openapi"].startswith("3.1")
    operations = {
        (method, path): operation
        for path, methods in spec["paths"].items()
        for method, operation in methods.items()
    }
    open_ones = {key for key, operation in operations.items() if not operation["security"]}
    assert open_ones == {("post", "/launch/exchange"), ("post", "/window/show")}
    assert all("default" in operation["responses"] for operation in operations.values())
    assert ("post", "/session/verify-otp") in operations


def test_an_answer_that_is_no_model_is_described() -> None:
    assert plain_answer("The PDF", "application/pdf") == {
        200: {"description": "The PDF", "content": {"application/pdf": {}}}
    }
