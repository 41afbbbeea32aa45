from pathlib import Path

from tests.support.release_desk import PEOPLE, ReleaseDesk
from update_manifest.release.change import load
from update_manifest.release.describe import draft_lines


def fingerprint(lines: list[str]) -> str:
    return next(line for line in lines if line.startswith("root file 1")).rsplit(" ", 1)[1]


def test_who_signs_first_reads_the_id_of_everybody_and_later_the_same_fingerprint(tmp_path: Path) -> None:
    desk = ReleaseDesk(tmp_path)
    desk.begin()
    first = list(draft_lines(load(tmp_path / "first")))
    for duty, names in PEOPLE.items():
        line = next(line for line in first if line.startswith(f"{duty}: "))
        assert all(f"{name} (" in line for name in names)
    desk.type("renew --repository {repository} --into {draft}", draft=tmp_path / "renewed")
    assert fingerprint(list(draft_lines(load(tmp_path / "renewed")))) == fingerprint(first)
