from datetime import UTC, datetime
from pathlib import Path

import pytest

from update_manifest.release import change, duties
from update_manifest.release.errors import NotDoneError

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


def proposed() -> change.Change:
    made = change.Change(change.Head(what="a list", base={}), None)
    made.roles = {"targets": duties.empty("targets", 1, NOW)}
    made.put("stable/linux-x86_64.json", {"schema": 1, "releases": []})
    return made


def test_a_draft_comes_back_as_it_was(tmp_path: Path) -> None:
    made = proposed()
    change.save(made, tmp_path / "draft")
    again = change.load(tmp_path / "draft")
    assert (again.head, again.files, again.roles) == (made.head, made.files, made.roles)
    assert again.lists() == {"stable/linux-x86_64.json": {"schema": 1, "releases": []}}


def test_a_change_of_a_file_drops_signatures_that_were_made_before_it() -> None:
    made = proposed()
    made.roles["targets"].signatures["a"] = object()  # type: ignore[assignment]  # only whether it stays counts
    made.put("stable/linux-x86_64.json", {"schema": 1, "releases": []})
    assert made.roles["targets"].signatures
    made.put("stable/linux-x86_64.json", {"schema": 1, "releases": [], "disabled": ["1.0.0"]})
    assert not made.roles["targets"].signatures


def test_what_is_no_draft_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NotDoneError, match="no draft"):
        change.load(tmp_path)
    change.save(proposed(), tmp_path)
    (tmp_path / "metadata" / "other.json").write_bytes((tmp_path / "metadata" / "targets.json").read_bytes())
    with pytest.raises(NotDoneError, match="another version"):
        change.load(tmp_path)
    with pytest.raises(NotDoneError, match="no root file"):
        proposed().believed()
