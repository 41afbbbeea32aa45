from pathlib import Path

import pytest

from cloud_api.secret_files import from_files, told
from cloud_api.settings import load_settings

PREFIX = "NJORDHR_CLOUD_"


def test_a_value_is_told_itself_or_as_a_file(tmp_path: Path) -> None:
    (tmp_path / "key").write_text("secret\n", encoding="utf-8")
    assert told("KEY", {"KEY": "open"}) == "open"
    assert told("KEY", {"KEY_FILE": str(tmp_path / "key")}) == "secret"
    assert told("KEY", {}) is None
    assert told("KEY", {"KEY": ""}) is None
    (tmp_path / "empty").touch()
    assert told("KEY", {"KEY_FILE": str(tmp_path / "empty")}) is None


def test_two_values_are_none(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="both set"):
        told("KEY", {"KEY": "a", "KEY_FILE": str(tmp_path)})


def test_only_fields_that_are_told_as_files_are_read(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("1", encoding="utf-8")
    environment = {"X_ALPHA_FILE": str(tmp_path / "a"), "X_BETA": "2"}
    assert from_files("X_", ["alpha", "beta"], environment) == {"alpha": "1"}


def test_settings_come_from_both(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "url").write_text("postgresql://njordhr_api:secret@db/office\n", encoding="utf-8")
    environment = {
        f"{PREFIX}DATABASE_URL_FILE": str(tmp_path / "url"),
        f"{PREFIX}OBJECT_STORE_FOLDER": str(tmp_path),
        f"{PREFIX}OBJECT_LINK_KEY": "k" * 40,
    }
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    settings = load_settings(environment)
    assert settings.database_url.get_secret_value() == "postgresql://njordhr_api:secret@db/office"
    assert settings.object_store_folder == tmp_path
