"""What counts as one address; counting itself is tested on a real database."""

import pytest

from cloud_api.auth.limits import home_of


@pytest.mark.parametrize(
    ("address", "home"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::1", "2001:db8:1:2::/64"),
        ("2001:db8:1:3::1", "2001:db8:1:3::/64"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("somewhere", "somewhere"),
        (None, ""),
    ],
)
def test_a_house_has_one_address(address: str | None, home: str) -> None:
    assert home_of(address) == home
