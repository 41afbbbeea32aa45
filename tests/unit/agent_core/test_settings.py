"""`agent.json`: where it lies, what it may hold, and that nothing in it is ever lost."""

import json
import os
import stat
from pathlib import Path

import pytest

from agent_core.errors import SettingsError
from agent_core.settings import AgentSettings, SettingsFile, config_file
from protocol.reasons import Reason

FIELDS_OF_THE_SPECIFICATION = {
    "device_id",
    "api_base_url",
    "download_folder",
    "auto_start",
    "cloud_sync_enabled",
    "cloud_upload_resumes",
    "log_level",
}


@pytest.mark.parametrize(
    ("platform", "env", "expected"),
    [
        (
            "darwin",
            {"HOME": "/Users/kari"},
            "/Users/kari/Library/Application Support/NjordHR/agent.json",
        ),
        (
            "win32",
            {"APPDATA": r"C:\Users\kari\AppData\Roaming"},
            "C:/Users/kari/AppData/Roaming/NjordHR/agent.json",
        ),
        ("win32", {"USERPROFILE": r"C:\Users\kari"}, "C:/Users/kari/AppData/Roaming/NjordHR/agent.json"),
        ("linux", {"HOME": "/home/kari"}, "/home/kari/.config/njordhr/agent.json"),
        ("linux", {"HOME": "/home/kari", "XDG_CONFIG_HOME": "/x"}, "/home/kari/.config/njordhr/agent.json"),
    ],
)
def test_the_file_lies_where_the_specification_says(
    platform: str, env: dict[str, str], expected: str
) -> None:
    assert config_file(platform, env).as_posix() == expected


@pytest.mark.parametrize("platform", ["darwin", "win32", "linux"])
def test_without_a_home_the_reason_is_named(platform: str) -> None:
    with pytest.raises(SettingsError) as caught:
        config_file(platform, {})
    assert caught.value.reason is Reason.SETTINGS_UNREADABLE


def test_the_fields_are_those_of_the_specification_and_the_portal() -> None:
    assert set(AgentSettings.model_fields) == FIELDS_OF_THE_SPECIFICATION | {"portal"}


def test_a_missing_file_stands_for_the_defaults_and_is_not_made(tmp_path: Path) -> None:
    settings = SettingsFile(tmp_path / "agent.json")
    assert settings.current == AgentSettings()
    assert not list(tmp_path.iterdir())


def test_a_change_keeps_unknown_keys_at_every_level(tmp_path: Path) -> None:
    path = tmp_path / "agent.json"
    path.write_text(
        json.dumps({"from_the_future": [1], "portal": {"theme": "x", "phone": "1"}}), encoding="utf-8"
    )
    settings = SettingsFile(path)
    settings.change({"auto_start": True, "portal": {"phone": "+47 22 00 00 00"}})
    written = json.loads(path.read_text(encoding="utf-8"))
    assert written == {
        "from_the_future": [1],
        "portal": {"theme": "x", "phone": "+47 22 00 00 00"},
        "auto_start": True,
    }
    assert settings.current.auto_start
    assert SettingsFile(path).current == settings.current


def test_a_change_by_hand_meanwhile_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "agent.json"
    settings = SettingsFile(path)
    path.write_text('{"log_level": "debug"}', encoding="utf-8")
    settings.change({"auto_start": True})
    assert settings.current.log_level == "debug"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"\xff\xfe",
        b'{"auto_start": "yes"}',
        b'{"log_level": "loud"}',
        b'{"device_id": "7"}',
        b'{"api_base_url": "ftp://example.com"}',
        b'{"api_base_url": "http://example.com"}',
        b'{"api_base_url": "https://user@example.com"}',
        b'{"portal": {"otp_seconds": 0}}',
        b'{"portal": {"requests_per_second": 0}}',
        b'{"portal": {"login_url": "javascript:alert(1)"}}',
        b'{"portal": []}',
    ],
)
def test_an_unreadable_file_is_reported_and_left_as_it_is(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "agent.json"
    path.write_bytes(content)
    with pytest.raises(SettingsError) as caught:
        SettingsFile(path)
    assert caught.value.reason is Reason.SETTINGS_UNREADABLE
    assert path.read_bytes() == content
    assert list(tmp_path.iterdir()) == [path]


def test_a_refused_change_leaves_file_and_settings(tmp_path: Path) -> None:
    path = tmp_path / "agent.json"
    path.write_text('{"log_level": "debug"}', encoding="utf-8")
    settings = SettingsFile(path)
    with pytest.raises(SettingsError):
        settings.change({"log_level": "loud"})
    assert path.read_text(encoding="utf-8") == '{"log_level": "debug"}'
    assert settings.current.log_level == "debug"
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_from_notepad_with_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    path = tmp_path / "agent.json"
    path.write_bytes(b'\xef\xbb\xbf{"auto_start": true}')
    assert SettingsFile(path).current.auto_start


def test_the_written_file_is_its_owners_alone(tmp_path: Path) -> None:
    path = tmp_path / "sub" / "agent.json"
    SettingsFile(path).change({"auto_start": True})
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize(
    "address", ["http://127.0.0.1:5100", "http://localhost:1/", "https://api.example.com/"]
)
def test_the_cloud_is_https_or_on_this_computer(tmp_path: Path, address: str) -> None:
    settings = SettingsFile(tmp_path / "agent.json")
    assert settings.change({"api_base_url": address}).api_base_url == address.rstrip("/")


def test_a_disk_that_would_not_have_them_leaves_them_as_they_were(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = SettingsFile(tmp_path / "agent.json")
    file.change({"log_level": "debug"})
    (tmp_path / ".agent-killed.tmp").touch()
    before = (tmp_path / "agent.json").read_bytes()

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(SettingsError) as caught:
        file.change({"log_level": "error"})
    assert caught.value.reason is Reason.SETTINGS_WRITE
    assert file.current.log_level == "debug"
    assert (tmp_path / "agent.json").read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["agent.json"]
