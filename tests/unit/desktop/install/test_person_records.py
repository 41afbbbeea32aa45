"""Records go when the person says so; resumes never do."""

from pathlib import Path

from agent_core.keychain import MemorySecrets
from desktop.install.person_records import forget_secrets, remove_records


def _write(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("x")
    return path


def test_the_folders_are_removed(tmp_path: Path) -> None:
    _write(tmp_path / "data" / "logs" / "today")
    _write(tmp_path / "settings" / "agent.json")
    resumes = _write(tmp_path / "resumes" / "1.pdf")
    assert remove_records([tmp_path / "data", tmp_path / "settings", tmp_path / "gone"], resumes.parent) == []
    assert list(tmp_path.iterdir()) == [resumes.parent]


def test_resumes_inside_of_the_records_stay(tmp_path: Path) -> None:
    _write(tmp_path / "data" / "agent.sqlite3")
    _write(tmp_path / "data" / "mine" / "other" / "x")
    resume = _write(tmp_path / "data" / "mine" / "resumes" / "1.pdf")
    assert remove_records([tmp_path / "data"], resume.parent) == [resume.parent]
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == [resume]


def test_records_inside_of_the_resumes_stay_too(tmp_path: Path) -> None:
    kept = _write(tmp_path / "resumes" / "data" / "agent.sqlite3")
    assert remove_records([kept.parent], tmp_path / "resumes") == [kept.parent]
    assert kept.exists()


def test_a_link_is_removed_and_not_followed(tmp_path: Path) -> None:
    elsewhere = _write(tmp_path / "elsewhere" / "x")
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "link").symlink_to(elsewhere.parent)
    assert remove_records([tmp_path / "data"], tmp_path / "resumes") == []
    assert elsewhere.exists()


def test_each_login_is_forgotten() -> None:
    names = ("device-token", "person-refresh-token", "person-user-id", "command-key", "portal-password:kari")
    secrets = MemorySecrets(dict.fromkeys([*names, "another"], "x"))
    forget_secrets(secrets, "kari")
    assert [name for name in (*names, "another") if secrets.get(name)] == ["another"]
