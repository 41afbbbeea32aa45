"""The bundle as support gets it."""

import io
import json
import zipfile
from datetime import UTC, datetime
from uuid import uuid4

from agent_core.settings import AgentSettings, PortalSettings
from agent_core.support.bundle import Findings, clean_counts, file_name, make_bundle, settings_summary


def opened(findings: Findings) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(make_bundle(findings))) as bundle:
        assert bundle.testzip() is None
        return {name: bundle.read(name).decode() for name in bundle.namelist()}


def test_of_names_addresses_and_folders_only_whether_they_are_set_is_told() -> None:
    settings = AgentSettings(
        device_id=uuid4(),
        api_base_url="https://kari.example.com",
        download_folder="/home/kari/Resumes",
        portal=PortalSettings(username="kari", login_url="https://kari.example.com/login", otp_seconds=90),
    )
    summary = settings_summary(settings)
    assert "kari" not in json.dumps(summary)
    assert (summary["download_folder"], summary["device_id"], summary["log_level"]) == ("set", "set", "info")
    assert (summary["portal"]["username"], summary["portal"]["phone"]) == ("set", "not set")
    assert (summary["portal"]["login_url"], summary["portal"]["dashboard_url"]) == ("another one", "as usual")
    assert summary["portal"]["otp_seconds"] == 90


def test_a_count_of_something_unknown_loses_its_name() -> None:
    counts = {
        "jobs/failed/portal.too-slow": 3,
        "schema": 4,
        "resumes/stored": 60,
        "people/failed/Kari Nordmann": 1,
        "kari/nordmann": 2,
    }
    assert clean_counts(counts) == {
        "jobs/failed/portal.too-slow": 3,
        "others": 3,
        "resumes/stored": 60,
        "schema": 4,
    }


def test_the_bundle_says_what_is_in_it_and_its_logs_have_names_of_ours() -> None:
    files = opened(
        Findings(
            about={"njordhr": "1.0"},
            settings=AgentSettings(),
            counts={"schema": 4},
            logs={"agent.log": '{"event": "agent_started", "port": 47130}\n', "kari.log": "Kari\n"},
        )
    )
    assert set(files) == {
        "README.txt",
        "about.json",
        "settings.json",
        "counts.json",
        "logs/agent-0.log",
        "logs/agent-1.log",
    }
    assert json.loads(files["logs/agent-0.log"]) == {"event": "agent_started", "port": 47130}
    assert "Kari" not in files["logs/agent-1.log"]
    assert json.loads(files["about.json"]) == {"njordhr": "1.0"}


def test_its_name_says_when() -> None:
    assert file_name(datetime(2026, 11, 24, 9, 5, 7, tzinfo=UTC)) == "NjordHR-diagnostics-20261124-090507.zip"
