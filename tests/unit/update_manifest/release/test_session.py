from pathlib import Path
from types import SimpleNamespace

import click
import pytest

from signing.release.errors import SigningKeyError
from update_manifest.release import session


def test_a_passphrase_comes_from_the_environment_or_is_typed(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[str, bool]] = []

    def prompt(text: str, *, hide_input: bool, confirmation_prompt: bool, err: bool) -> str:
        assert hide_input
        assert err
        asked.append((text, confirmation_prompt))
        return "typed"

    monkeypatch.setattr(click, "prompt", prompt)
    monkeypatch.delenv(session.PASSPHRASE, raising=False)
    monkeypatch.setattr("sys.stdin", SimpleNamespace(isatty=lambda: False))
    with pytest.raises(SigningKeyError, match="no terminal"):
        session.ask("passphrase of anna.pem")
    monkeypatch.setattr("sys.stdin", SimpleNamespace(isatty=lambda: True))
    assert session.ask("passphrase of anna.pem") == "typed"
    assert session.ask("new passphrase of anna.pem") == "typed"
    assert [confirmed for _, confirmed in asked] == [False, True]
    monkeypatch.setenv(session.PASSPHRASE, "told")
    assert session.ask("passphrase of anna.pem") == "told"


def test_a_person_agrees_or_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(click, "confirm", lambda question, err: question == "yes?" and err)
    assert session.agree("yes?")
    assert not session.agree("no?")


def test_the_environment_opens_only_the_online_key(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SOME_KEY", "no key")
    with pytest.raises(SigningKeyError, match="only the online key"):
        session.Session().open("env:SOME_KEY")
    with pytest.raises(SigningKeyError, match="cannot be opened"):
        session.Session().open_online(("env:SOME_KEY",))
    assert session.Session().clock().tzinfo is not None
