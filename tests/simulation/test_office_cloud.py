"""The model of the cloud keeps the contract that the real one keeps."""

import json
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID, uuid4

import pytest

from protocol.jobs import JobRequest
from tests.simulation.office_cloud import Job, OfficeCloud
from tests.support.ingest_suite import IngestSuite


class ModelSender:
    """A computer of the model."""

    def __init__(self, cloud: OfficeCloud, office: UUID, person: UUID) -> None:
        self.cloud = cloud
        code = cloud.pairing_code(office, person)
        answer = self._ask("POST", "/api/device/register", "", json.dumps({"pairing_code": code}).encode())
        self.token = answer[1]["device_token"]

    def post(self, path: str, body: object) -> tuple[int, Any]:
        return self._ask("POST", path, self.token, json.dumps(body).encode())

    def put(self, url: str, headers: dict[str, str], data: bytes) -> None:
        self._ask("PUT", urlsplit(url).path, "", data)

    def _ask(self, method: str, path: str, token: str, body: bytes) -> tuple[int, Any]:
        status, _, answer = self.cloud.handle(method, path, token, body)
        return status, json.loads(answer)


class ModelDesk:
    """The model with two offices."""

    def __init__(self) -> None:
        self.cloud = OfficeCloud(uuid4)
        self.office, self.other, person = uuid4(), uuid4(), uuid4()
        self.computer = ModelSender(self.cloud, self.office, person)
        self.second = ModelSender(self.cloud, self.office, person)
        self.colleagues = ModelSender(self.cloud, self.office, uuid4())
        self.foreign = ModelSender(self.cloud, self.other, uuid4())

    def job(self, job_id: str) -> Job | None:
        return self.cloud.offices[self.office].jobs.get(UUID(job_id))

    def lines(self, job_id: str) -> int:
        found = self.job(job_id)
        return 0 if found is None else len(found.lines)

    def status(self, job_id: str) -> str | None:
        found = self.job(job_id)
        return None if found is None else found.known.status.value

    def look_at_uploads(self) -> None:
        """The model has looked when it answers."""

    def ask_for_a_job(self) -> str:
        before = set(self.cloud.offices[self.office].jobs)
        request = JobRequest(rank="Master", ship_type="Container")
        self.cloud.ask_for(self.cloud.computers[self.computer.token], request)
        [made] = set(self.cloud.offices[self.office].jobs) - before
        return str(made)


class TestTheModel(IngestSuite):
    @pytest.fixture
    def desk(self) -> ModelDesk:
        return ModelDesk()
