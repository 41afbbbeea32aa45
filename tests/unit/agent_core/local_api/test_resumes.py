"""A resume is handed out only while it is what was stored."""

from pathlib import Path

from protocol.reasons import Reason
from tests.support.agent import listing, new_resume, running_job
from tests.support.agent_rig import refused, running_rig


def test_a_resume_is_opened_until_its_file_changes(tmp_path: Path) -> None:
    with running_rig(tmp_path, start=False) as rig:
        folder = rig.choose_folder()
        resume = new_resume(content="a resume", folder=str(folder))
        file = folder / resume.file.relative_path
        file.parent.mkdir()
        file.write_bytes(b"a resume")
        job_id = running_job(rig.store)
        rig.store.add_listing(job_id, listing())
        rig.store.store_resume(job_id, 1, resume)
        path = f"/resumes/0042/{resume.content_sha256}"
        answer = rig.call("GET", path)
        assert (answer.data, answer.mimetype) == (b"a resume", "application/pdf")
        assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
        assert answer.headers["Cache-Control"] == "no-store"
        file.write_bytes(b"another")
        assert refused(rig.call("GET", path)) == (404, Reason.RESUME_NOT_HERE)
        file.unlink()
        assert refused(rig.call("GET", path)) == (404, Reason.RESUME_NOT_HERE)
        assert refused(rig.call("GET", path.replace("0042", "42"))) == (404, Reason.RESUME_NOT_HERE)
