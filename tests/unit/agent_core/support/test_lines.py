"""What support is shown of a line of the log."""

import json

import pytest

from agent_core.support.lines import clean_line, clean_log

WHOLE = {
    "event": "job_ended",
    "level": "warning",
    "timestamp": "2026-11-24T09:32:31.123456Z",
    "job_id": "6f1f9e0a-6f3e-4b5c-9d53-1c2b3a4d5e6f",
    "reason": "portal.too-slow",
    "error": "StaleElementReferenceException",
    "at": "session.py:120",
    "version": "0.1.0",
    "platform": "win32",
    "stored": 37,
}


def test_what_is_ours_is_shown_as_it_is() -> None:
    assert json.loads(clean_line(json.dumps(WHOLE))) == WHOLE


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("event", "Kari Nordmann has logged in"),
        ("event", "kari.nordmann@example.com"),
        ("name", "Kari Nordmann"),
        ("candidate_external_id", "SJ-48213"),
        ("filename", "Kari_Nordmann.pdf"),
        ("reason", "Kari does not want to"),
        ("reason", ["portal.too-slow"]),
        ("job_id", "Kari"),
        ("job_id", "6F1F9E0A-6F3E-4B5C-9D53-1C2B3A4D5E6F"),
        ("error", "Kari"),
        ("error", "KariError: Kari Nordmann"),
        ("at", "C:\\Users\\Kari\\session.py:12"),
        ("platform", "Kari's PC"),
        ("version", "1.0 of Kari"),
        ("stored", 4_791_234_567),
        ("stored", "37"),
        ("phone", 12_345),
        ("stored", {"Kari": 1}),
    ],
)
def test_anything_else_is_withheld_and_counted(key: str, value: object) -> None:
    clean = json.loads(clean_line(json.dumps({"level": "info", key: value})))
    assert clean == {"level": "info", "withheld": 1}


@pytest.mark.parametrize("line", ["Kari Nordmann", "[1]", '"x"', "{", "[" * 10_000, "null"])
def test_a_line_that_is_none_of_ours_shows_nothing(line: str) -> None:
    assert json.loads(clean_line(line)) == {"withheld": "a line that is not the agent's"}


def test_a_log_is_cleaned_line_by_line() -> None:
    assert clean_log('{"event": "agent_started"}\n\nKari\n').count("\n") == 2
