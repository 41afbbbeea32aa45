"""What the database is told of who asks."""

from uuid import UUID

from cloud_api.auth.principal import Device, Person, Role
from cloud_api.db.unit_of_work import Claims


def test_a_person_asks_for_themself_and_a_device_on_behalf_of_its_person() -> None:
    person = Person(UUID(int=1), UUID(int=2), "North", "a@example.com", "Anna", Role.RECRUITER)
    device = Device(UUID(int=3), UUID(int=2), UUID(int=1))

    assert person.claims == Claims(UUID(int=1))
    assert device.claims == Claims(UUID(int=1), UUID(int=3))
