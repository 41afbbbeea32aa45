import pytest

from cloud_api.db.candidate_filter import filter_parameters
from protocol.candidates import ARCHIVE_STATUSES, CandidateStatus
from protocol.exports import CandidateFilter


def statuses(**filters: object) -> set[str]:
    return set(filter_parameters(CandidateFilter.model_validate(filters))["statuses"])


def test_the_archive_is_the_two_final_statuses_and_the_rest_is_the_dashboard() -> None:
    archive = {status.value for status in ARCHIVE_STATUSES}
    assert statuses(archive=True) == archive
    assert statuses() == {status.value for status in CandidateStatus} - archive


@pytest.mark.parametrize("archive", [True, False])
def test_a_status_says_by_itself_whether_the_archive_is_meant(archive: bool) -> None:
    assert statuses(status="Not Interested", archive=archive) == {"Not Interested"}


def test_what_is_typed_is_searched_for_as_the_database_keeps_it() -> None:
    assert filter_parameters(CandidateFilter(q="+49 170 555"))["q"] == "49170555"
