from uuid import uuid4

import pytest
from pydantic import ValidationError

from cloud_api.dashboard.schemas import NoteRequest


def request(**more: object) -> NoteRequest:
    fields = {"event_id": uuid4(), "candidate_id": uuid4(), "note": "Ask again", "version": 1}
    return NoteRequest.model_validate(fields | more)


def test_a_note_leaves_a_call_back_sets_one_or_ends_it() -> None:
    assert (request().call_back_on, request().call_back_done) == (None, False)
    assert str(request(call_back_on="2026-11-20").call_back_on) == "2026-11-20"
    assert request(call_back_done=True).call_back_done


def test_a_note_does_not_do_both() -> None:
    with pytest.raises(ValidationError, match="either"):
        request(call_back_on="2026-11-20", call_back_done=True)
