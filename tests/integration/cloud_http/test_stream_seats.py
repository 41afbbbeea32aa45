"""One person has only so many streams open, of jobs and of the dashboard together."""

from pathlib import Path

from werkzeug.test import TestResponse

from tests.support.cloud_app import Member, new_id, refused, running_cloud
from tests.support.postgres import TestDatabase


def opened(person: Member, path: str) -> TestResponse:
    return person.client.get(path, headers=person.headers, buffered=False)


def test_one_person_has_so_many_streams(database: TestDatabase, tmp_path: Path) -> None:
    with running_cloud(database, tmp_path, streams_of_one=2) as cloud:
        person, colleague = cloud.member("Seats", "Anna", "recruiter"), cloud.member("Seats", "Bea", "admin")
        job = {
            "job_id": new_id(),
            "device_id": cloud.computer(person).device_id,
            "rank": "Cook",
            "ship_type": "Tanker",
        }
        person.send("/api/jobs/download", job)
        of_job, of_office = f"/api/jobs/{job['job_id']}/stream", "/api/dashboard/stream"
        for _ in range(3):
            assert refused(person.get(f"/api/jobs/{new_id()}/stream")) == (404, "request.not-found")
        held = [opened(person, of_job), opened(person, of_office)]
        assert [answer.status_code for answer in held] == [200, 200]
        for path in (of_job, of_office):
            more = opened(person, path)
            assert refused(more) == (429, "request.too-many-streams")
            assert more.headers["Retry-After"] == "15"
        again = cloud.sign_in(person.email)
        assert refused(opened(again, of_office))[0] == 429, "another session of the same person"
        others = opened(colleague, of_office)
        assert others.status_code == 200
        held.pop(0).close()
        held.append(opened(person, of_office))
        assert held[-1].status_code == 200
        for answer in (*held, others):
            answer.close()
