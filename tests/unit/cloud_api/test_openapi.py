import json

import pytest
from apiflask import APIFlask
from pydantic import BaseModel

from cloud_api.auth.guard import allow, allow_anyone
from cloud_api.auth.policy import Action
from cloud_api.openapi import as_text, document
from tests.unit.cloud_api.conftest import MakeApp


def test_it_is_one_document_of_version_3_1_without_loose_ends(make_app: MakeApp) -> None:
    text = as_text(make_app())
    found = json.loads(text)
    assert found["openapi"].startswith("3.1")
    named = set(found["components"]["schemas"])
    used = {part.split('"')[0] for part in text.split('"#/components/schemas/')[1:]}
    assert used <= named
    assert not [name for name in named if "." in name or name in {"HTTPError", "ValidationError"}]


def test_every_operation_says_how_it_refuses_and_what_right_it_needs(make_app: MakeApp) -> None:
    for operations in document(make_app())["paths"].values():
        for operation in operations.values():
            refusal = operation["responses"]["default"]["content"]["application/problem+json"]
            assert refusal["schema"]["$ref"].endswith("/Problem")
            assert ("x-policy-action" in operation) is bool(operation["security"])
            assert operation["summary"]


def test_an_id_in_an_address_is_a_uuid(make_app: MakeApp) -> None:
    (parameter,) = document(make_app())["paths"]["/api/jobs/{job_id}"]["get"]["parameters"]
    assert parameter["schema"] == {"type": "string", "format": "uuid"}


def test_two_models_of_one_name_are_refused() -> None:
    app = APIFlask("twice", spec_path=None, docs_path=None)

    def model(field: type) -> type[BaseModel]:
        inner = type("Inner", (BaseModel,), {"__annotations__": {"value": field}})
        return type(f"Outer{field.__name__}", (BaseModel,), {"__annotations__": {"inner": inner}})

    for field, mark in ((int, allow(Action.ME_READ)), (str, allow_anyone("for the test"))):
        marked = mark(app.output(model(field))(dict))
        app.add_url_rule(f"/{field.__name__}", field.__name__, marked)
    with pytest.raises(ValueError, match="Inner"):
        document(app)
