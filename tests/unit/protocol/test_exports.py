"""A request says whom to export: a selection or a filter."""

from uuid import uuid4

import pytest
from pydantic import ValidationError

from protocol.exports import ExportRequest


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"candidate_ids": None, "filter": None},
        {"candidate_ids": []},
        {"candidate_ids": [str(uuid4())], "filter": {}},
        {"filter": {"unknown": 1}},
        {"filter": {}, "more": 1},
    ],
)
def test_neither_both_and_unknown_fields_are_refused(body: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        ExportRequest.model_validate(body)


@pytest.mark.parametrize("body", [{"filter": {}}, {"candidate_ids": [str(uuid4())]}])
def test_either_is_enough(body: dict[str, object]) -> None:
    ExportRequest.model_validate(body)
