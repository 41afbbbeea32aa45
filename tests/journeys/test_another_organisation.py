"""A recruiter of another organisation sees nothing of this one, whatever ids they know."""

import pytest

from cloud_api.candidates.schemas import FoundCandidates, ReviewPage
from cloud_api.dashboard.schemas import DashboardData
from cloud_api.devices.schemas import DeviceList
from cloud_api.jobs.schemas import JobPage
from demo import accounts
from demo.unattended import steps
from demo.unattended.api import RefusedError
from protocol.reasons import Reason
from tests.support.product import Product
from tests.support.recruiter import RANK, SHIP_TYPE, log_in, quietly, sit_down

STRANGER = next(member for member in accounts.MEMBERS if member.office == accounts.OTHER_OFFICE)


def test_a_recruiter_of_another_organisation_sees_nothing(product: Product) -> None:
    ours, theirs = product.computer("desk"), product.computer("elsewhere")
    with sit_down(ours) as api, sit_down(theirs, STRANGER) as stranger:
        log_in(api, ours)
        done = steps.download(api, RANK, SHIP_TYPE, force=False, seen=lambda message: None)
        steps.wait_for_outbox(api, quietly)
        items = list(steps.review_items(api))
        steps.verify(api, [item.resume_id for item in items])
        assert len(list(steps.dashboard_rows(api))) == 12

        assert stranger.ask(ReviewPage, "GET", "/api/review").total == 0
        dashboard = stranger.ask(DashboardData, "GET", "/api/dashboard/data")
        assert (dashboard.rows, dashboard.total, dashboard.rank_counts) == ([], 0, [])
        assert stranger.ask(JobPage, "GET", "/api/jobs").jobs == []
        found = stranger.ask(FoundCandidates, "GET", "/api/candidates/find", query={"q": items[0].name})
        assert found.candidates == []
        assert len(stranger.ask(DeviceList, "GET", "/api/devices").devices) == 1
        for path in (
            f"/api/candidates/{items[0].candidate_id}",
            f"/api/candidates/{items[0].candidate_id}/history",
            f"/api/resumes/{items[0].resume_id}/link",
            f"/api/jobs/{done.job.job_id}",
            f"/api/jobs/{done.job.job_id}/stream",
        ):
            with pytest.raises(RefusedError) as refused:
                stranger.bytes_of(path)
            assert refused.value.reason is Reason.REQUEST_NOT_FOUND, path
