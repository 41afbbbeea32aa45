"""The figures for who runs the cloud: on a port of their own, of everything, and of nobody."""

import socket
from pathlib import Path

import httpx
import pytest

from tests.integration.cloud_http.conftest import Office
from tests.support.cloud_app import Cloud, deliver, new_id, running_cloud
from tests.support.postgres import TestDatabase


def figures(cloud: Cloud) -> dict[str, float]:
    """Read the figures as Prometheus does: name with labels -> value."""
    found = {}
    for family in cloud.services.metrics.registry.collect():
        for sample in family.samples:
            labels = ",".join(f"{name}={value}" for name, value in sorted(sample.labels.items()))
            found[f"{sample.name}{{{labels}}}"] = sample.value
    return found


def end_job(cloud: Cloud, office: Office, status: str, reason: str | None) -> None:
    job_id = new_id()
    body = {"job_id": job_id, "device_id": office.computer.device_id, "rank": "Cook", "ship_type": "Tanker"}
    office.recruiter.send("/api/jobs/download", body)
    cloud.change(
        "update app.download_jobs set status = %s, reason = %s, started_at = now() - interval '2 minutes',"
        " ended_at = now() where id = %s",
        status,
        reason,
        job_id,
    )


def test_jobs_are_counted_by_outcome_and_reason_and_timed(cloud: Cloud, office: Office) -> None:
    end_job(cloud, office, "success", None)
    end_job(cloud, office, "failed", "portal.unreachable")
    end_job(cloud, office, "failed", "Anna Canary was here")
    found = figures(cloud)
    assert found["njordhr_jobs_ended{reason=,status=success}"] == 1
    assert found["njordhr_jobs_seconds{reason=,status=success}"] == pytest.approx(120)
    assert not [name for name in found if "Canary" in name]
    assert sum(value for name, value in found.items() if name.startswith("njordhr_jobs_ended{")) == 3


def test_what_waits_and_how_late_it_comes_is_told(cloud: Cloud, office: Office) -> None:
    before = figures(cloud)
    deliver(office.computer, "880001")
    cloud.change(
        "update app.devices set waiting = 7, last_seen_at = now() where id = %s", office.computer.device_id
    )
    found = figures(cloud)
    assert found["njordhr_outbox_waiting{}"] == 7
    assert found["njordhr_devices_silent{}"] == found["njordhr_devices{}"] - 1
    assert found["njordhr_sync_lag_seconds{quantile=1}"] > 0  # the event says that it happened days ago
    assert found["njordhr_uploads{state=asked}"] >= before["njordhr_uploads{state=asked}"]
    assert found["njordhr_database_up{}"] == 1
    assert found["njordhr_pool_connections{}"] >= 1


def test_requests_are_timed_by_the_routes_pattern(cloud: Cloud, office: Office) -> None:
    office.recruiter.get(f"/api/candidates/{new_id()}")
    cloud.nobody.get("/nowhere/canary")
    found = figures(cloud)
    route = "/api/candidates/<uuid:candidate_id>"
    assert found[f"njordhr_request_seconds_count{{method=GET,route={route},status=4xx}}"] >= 1
    assert found["njordhr_request_seconds_count{method=other,route=none,status=4xx}"] >= 1
    assert not [name for name in found if "canary" in name]


def test_they_are_read_on_a_port_of_their_own_and_nowhere_else(
    database: TestDatabase, tmp_path: Path
) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    with running_cloud(database, tmp_path, metrics_port=port) as cloud:
        text = httpx.get(f"http://127.0.0.1:{port}/metrics", trust_env=False).text
        assert cloud.nobody.get("/metrics").status_code == 404
    assert "njordhr_jobs_ended" in text
    with pytest.raises(httpx.ConnectError):
        httpx.get(f"http://127.0.0.1:{port}/metrics", trust_env=False)


def test_without_a_database_the_rest_is_told(tmp_path: Path) -> None:
    nowhere = TestDatabase("", "", "postgresql://nobody@127.0.0.1:1/none")
    with running_cloud(nowhere, tmp_path) as cloud:
        cloud.services.database.close()
        found = figures(cloud)
    assert found["njordhr_database_up{}"] == 0
    assert "njordhr_jobs_ended{}" not in found
