"""How limits read, and what counts as one address."""

import pytest

from cloud_api.auth.limits import Limit, home_of


@pytest.mark.parametrize(
    ("text", "limit"),
    [
        ("60 per minute", Limit(60, 60)),
        ("10 per 5 minutes", Limit(10, 300)),
        ("3 per hour", Limit(3, 3600)),
        (" 1 per day ", Limit(1, 86400)),
        ("100000 per 1 second", Limit(100000, 1)),
    ],
)
def test_a_limit_reads_as_people_say_it(text: str, limit: Limit) -> None:
    assert Limit.parse(text) == limit


@pytest.mark.parametrize(
    "text", ["", "60", "0 per minute", "-1 per day", "60/minute", "5 per 0 minutes", "x per day"]
)
def test_what_is_no_limit_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="must read like"):
        Limit.parse(text)


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
