"""The cloud's answers are lost on the way: everything is sent again, and counts once."""

from cloud_api.jobs.schemas import JobPage
from demo.unattended import steps
from tests.support.lossy_proxy import lossy_line
from tests.support.product import Product
from tests.support.recruiter import RANK, SHIP_TYPE, log_in, numbers_under_review, quietly, sit_down


def test_sent_twice_counts_once(product: Product) -> None:
    with lossy_line(product.cloud.url, lose=3) as line:
        agent = product.computer("desk", cloud_url=line.url)
        with sit_down(agent) as api:
            log_in(api, agent)
            done = steps.download(api, RANK, SHIP_TYPE, force=False, seen=lambda message: None)
            steps.wait_for_outbox(api, quietly)
            assert line.lost == 3

            stored = sorted(row.candidate_external_id for row in done.listings if row.state == "stored")
            assert sorted(numbers_under_review(api)) == stored
            job = api.ask(JobPage, "GET", "/api/jobs").jobs[0]
            assert job.counts == done.job.counts
