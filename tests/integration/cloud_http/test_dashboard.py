"""The dashboard over HTTP on a real database."""

from tests.integration.cloud_http.conftest import Office
from tests.support.cloud_app import deliver, row_of, verify


def test_a_resume_reaches_the_dashboard(office: Office) -> None:
    deliver(office.computer, "0042")
    row = verify(office.recruiter, "0042")
    assert (row["name"], row["status"], row["candidate_external_id"]) == ("Seafarer 0042", "New", "0042")
    assert row["mobile_no"] == "+49 170 0042"
    assert row["allowed_statuses"] == ["Contacted"]
    assert row_of(office.colleague, "0042")["touched_by"] == "Anna of North"
