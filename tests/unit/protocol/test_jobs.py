import pytest
from pydantic import ValidationError

from protocol.jobs import JobRequest, JobStatus


def test_only_these_states_are_final() -> None:
    final = {status for status in JobStatus if status.is_final}
    assert final == {JobStatus.SUCCESS, JobStatus.FAILED, JobStatus.CANCELLED}


@pytest.mark.parametrize("field", ["rank", "ship_type"])
def test_a_job_names_a_rank_and_a_ship_type(field: str) -> None:
    with pytest.raises(ValidationError):
        JobRequest.model_validate({"rank": "Master", "ship_type": "TUG"} | {field: ""})
