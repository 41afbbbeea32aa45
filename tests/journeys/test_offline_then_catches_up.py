"""The office's server is away while a recruiter downloads: the work goes on, the rest follows by itself."""

from agent_core.local_api.schemas import Health, OutboxView
from demo.unattended import steps
from protocol.jobs import JobStatus
from tests.support.product import Product
from tests.support.recruiter import RANK, SHIP_TYPE, log_in, numbers_under_review, quietly, sit_down


def test_offline_then_catches_up(product: Product) -> None:
    agent = product.computer("desk")
    with sit_down(agent) as api:
        log_in(api, agent)
        product.cloud.stop()

        done = steps.download(api, RANK, SHIP_TYPE, force=False, seen=lambda message: None)
        assert done.job.status is JobStatus.SUCCESS
        assert done.job.counts.stored == 12
        assert len(list(agent.resumes.rglob("*.pdf"))) == 12
        waiting = api.ask(OutboxView, "GET", "/outbox").counts
        assert waiting.waiting >= 12
        assert waiting.parked == 0
        health = api.ask(Health, "GET", "/health")
        assert health.cloud == "unreachable"

        product.cloud.start()
        steps.wait_for_outbox(api, quietly)
        stored = {row.candidate_external_id for row in done.listings if row.state == "stored"}
        assert sorted(numbers_under_review(api)) == sorted(stored)
        assert api.ask(Health, "GET", "/health").cloud == "reachable"
