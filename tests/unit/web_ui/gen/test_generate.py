"""What the web UI's types are made from."""

import importlib.util
import json
from pathlib import Path
from types import ModuleType

import pytest

from agent_core.local_api.schemas import SessionStart, SettingsView
from cloud_api.dashboard.schemas import DashboardRow, NoteRequest
from protocol.candidates import CandidateStatus
from protocol.jobs import JobRequest, JobSnapshot
from protocol.reasons import Reason

GENERATOR = Path(__file__).resolve().parents[4] / "web_ui" / "gen" / "generate.py"


@pytest.fixture(scope="module")
def generate() -> ModuleType:
    spec = importlib.util.spec_from_file_location("web_ui_generate", GENERATOR)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_what_is_sent_may_leave_defaults_out_and_what_is_read_is_whole(generate: ModuleType) -> None:
    modes = dict(generate.models())
    assert {modes[model] for model in (SessionStart, NoteRequest, JobRequest)} == {"validation"}
    assert {modes[model] for model in (SettingsView, DashboardRow, JobSnapshot)} == {"serialization"}
    definitions = generate.wire_schema()["definitions"]
    assert "password" not in definitions["SessionStart"]["required"]
    assert set(definitions["JobSnapshot"]["required"]) == set(definitions["JobSnapshot"]["properties"])


def test_every_type_has_a_name_of_its_own(generate: ModuleType) -> None:
    names = [model.__name__ for model, _ in generate.models()]
    assert len(names) == len(set(names)), "two models of one name would become one type"


def test_no_default_leaks_into_the_schema(generate: ModuleType) -> None:
    assert '"default":' not in json.dumps(generate.wire_schema())


def test_every_reason_and_status_has_its_words(generate: ModuleType) -> None:
    reasons = generate.reasons_text()
    assert all(json.dumps(reason.sentence, ensure_ascii=False) in reasons for reason in Reason)
    vocabulary = generate.vocabulary_text()
    assert all(json.dumps(status.value) in vocabulary for status in CandidateStatus)
