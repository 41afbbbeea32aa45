import json
from pathlib import Path

import pytest

from desktop import self_test


def _fails() -> None:
    raise LookupError("a library")


def test_what_went_well_is_said_and_is_zero(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(self_test, "CHECKS", {"one": lambda: None})

    assert self_test.main([str(tmp_path / "found")]) == 0
    assert json.loads((tmp_path / "found").read_text())["checks"] == {"one": "ok"}


def test_what_went_wrong_is_named_and_the_rest_is_tried_all_the_same(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(self_test, "CHECKS", {"one": _fails, "two": lambda: None})

    assert self_test.main([]) == 1
    found = json.loads(capsys.readouterr().out)
    assert found["ok"] is False
    assert found["checks"]["one"].startswith("LookupError: a library")
    assert found["checks"]["two"] == "ok"


@pytest.mark.parametrize("name", ["records", "pdf", "archives", "trust", "browser", "tls"])
def test_each_check_holds_on_the_sources(name: str) -> None:
    self_test.CHECKS[name]()
