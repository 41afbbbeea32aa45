"""What the database is told of a caller."""

import json
from uuid import UUID

from cloud_api.db.unit_of_work import Claims


def test_claims_name_the_person_and_a_device_only_when_there_is_one() -> None:
    person, device = Claims(UUID(int=1)), Claims(UUID(int=1), UUID(int=2))

    assert json.loads(person.as_json()) == {"sub": str(UUID(int=1)), "role": "authenticated"}
    assert json.loads(device.as_json())["device_id"] == str(UUID(int=2))
