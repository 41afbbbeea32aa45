"""The real cloud keeps the contract that the simulation's model keeps."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import pytest

from tests.integration.cloud_http.conftest import Office
from tests.support.cloud_app import Cloud, Computer
from tests.support.ingest_suite import IngestSuite


@dataclass
class RealSender:
    """A computer of the real cloud."""

    caller: Computer

    def post(self, path: str, body: object) -> tuple[int, Any]:
        response = self.caller.post(path, body)
        return response.status_code, response.get_json(force=True)

    def put(self, url: str, headers: dict[str, str], data: bytes) -> None:
        parts = urlsplit(url)
        self.caller.client.put(f"{parts.path}?{parts.query}", data=data, headers=headers)


class RealDesk:
    """The real cloud, on a real database."""

    def __init__(self, cloud: Cloud, office: Office) -> None:
        self.cloud, self.office = cloud, office
        self.computer = RealSender(office.computer)
        self.second = RealSender(cloud.computer(office.recruiter, "Second"))
        self.colleagues = RealSender(cloud.computer(office.colleague, "Colleague's"))
        self.foreign = RealSender(office.foreign_computer)
        query = "select organisation_id from app.devices where id = %s"
        self.organisation_id = cloud.rows(query, office.computer.device_id)[0][0]

    def lines(self, job_id: str) -> int:
        query = "select count(*)::int from app.download_job_logs where organisation_id = %s and job_id = %s"
        return int(self.cloud.rows(query, self.organisation_id, job_id)[0][0])

    def status(self, job_id: str) -> str | None:
        query = "select status from app.download_jobs where organisation_id = %s and id = %s"
        rows = self.cloud.rows(query, self.organisation_id, job_id)
        return rows[0][0] if rows else None

    def look_at_uploads(self) -> None:
        self.cloud.services.upload_checker.check_all()

    def ask_for_a_job(self) -> str:
        job_id = str(uuid4())
        body = {"rank": "Master", "ship_type": "Container", "device_id": self.office.computer.device_id}
        made = self.office.recruiter.send("/api/jobs/download", body | {"job_id": job_id})
        return str(made["job_id"])


@pytest.fixture(scope="module")
def real_desk(cloud: Cloud, office: Office) -> RealDesk:
    return RealDesk(cloud, office)


class TestTheRealCloud(IngestSuite):
    @pytest.fixture
    def desk(self, real_desk: RealDesk) -> RealDesk:
        return real_desk
