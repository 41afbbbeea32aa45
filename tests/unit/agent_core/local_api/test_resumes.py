"""A resume is handed out only while it is what was stored."""

from pathlib import Path
from uuid import UUID

import pytest

from agent_core.files import file_manager
from protocol.events import ResumeOpenedEvent
from protocol.reasons import Reason
from tests.support.agent import listing, new_resume, running_job
from tests.support.agent_rig import Rig, refused, running_rig
from tests.support.cloud_simulator import ME, PERSON, running_cloud


def store_one(rig: Rig) -> tuple[Path, str]:
    """Store a resume; return its file and its address."""
    folder = rig.choose_folder()
    resume = new_resume(content="a resume", folder=str(folder))
    file = folder / resume.file.relative_path
    file.parent.mkdir()
    file.write_bytes(b"a resume")
    job_id = running_job(rig.store)
    rig.store.add_listing(job_id, listing())
    rig.store.store_resume(job_id, 1, resume)
    return file, f"/resumes/0042/{resume.content_sha256}"


def test_a_resume_is_shown_in_its_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[Path] = []
    monkeypatch.setattr(file_manager, "show", shown.append)
    with running_rig(tmp_path, start=False) as rig:
        file, path = store_one(rig)
        assert rig.call("POST", f"{path}/show").status_code == 204
        file.rename(tmp_path / "elsewhere.pdf")
        file.symlink_to(tmp_path / "elsewhere.pdf")
        assert refused(rig.call("POST", f"{path}/show")) == (404, Reason.RESUME_NOT_HERE)
        file.unlink()
        assert refused(rig.call("POST", f"{path}/show")) == (404, Reason.RESUME_NOT_HERE)
        assert refused(rig.call("POST", "/resumes/0042/unknown/show")) == (404, Reason.RESUME_NOT_HERE)
    assert shown == [file]


def test_defect_10_an_opening_is_recorded_for_the_office_before_it_is_shown(tmp_path: Path) -> None:
    with running_rig(tmp_path, start=False) as rig:
        file, path = store_one(rig)

        def openings() -> int:
            return len([item for item in rig.store.outbox.items(50) if item.type == "resume_opened"])

        assert rig.call("GET", path).status_code == 200
        assert openings() == 1
        file.unlink()
        assert rig.call("GET", path).status_code == 404
        assert openings() == 1
        file.write_bytes(b"a resume")
        with rig.store.records.write() as connection:
            connection.execute(
                "create trigger full_up before insert on outbox begin select raise(abort, 'full'); end"
            )
        assert rig.call("GET", path).status_code >= 400


def test_an_opening_says_who_was_signed_in(tmp_path: Path) -> None:
    with running_cloud() as cloud, running_rig(tmp_path, cloud, start=False) as rig:
        _, path = store_one(rig)

        def by() -> list[UUID | None]:
            opened = [entry.event for entry in rig.store.outbox.claim_events(50)]
            return [
                event.payload.opened_by_user_id for event in opened if isinstance(event, ResumeOpenedEvent)
            ]

        rig.call("GET", path)
        assert by() == [None]
        rig.services.people.sign_in(PERSON["email"], PERSON["password"])
        rig.call("GET", path)
        assert by() == [None, UUID(ME["user_id"])]


def test_a_resume_is_opened_until_its_file_changes(tmp_path: Path) -> None:
    with running_rig(tmp_path, start=False) as rig:
        file, path = store_one(rig)
        answer = rig.call("GET", path)
        assert (answer.data, answer.mimetype) == (b"a resume", "application/pdf")
        assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
        assert answer.headers["Cache-Control"] == "no-store"
        file.write_bytes(b"another")
        assert refused(rig.call("GET", path)) == (404, Reason.RESUME_NOT_HERE)
        file.unlink()
        assert refused(rig.call("GET", path)) == (404, Reason.RESUME_NOT_HERE)
        assert refused(rig.call("GET", path.replace("0042", "42"))) == (404, Reason.RESUME_NOT_HERE)
