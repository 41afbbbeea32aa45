from datetime import UTC, datetime, timedelta

import pytest

from cloud_api.errors import CloudError
from cloud_api.resumes.links import LinkSigner
from protocol.reasons import Reason

NOW = datetime(2026, 11, 12, 8, 0, tzinfo=UTC)
EXPIRES = int((NOW + timedelta(seconds=60)).timestamp())
SIGNER = LinkSigner(b"k" * 32)
BOUND = ("10", "ab" * 32)
GOOD = SIGNER.sign("PUT", "resumes/a", EXPIRES, *BOUND)


def check(
    *,
    signature: str = GOOD,
    now: datetime = NOW,
    method: str = "PUT",
    key: str = "resumes/a",
    expires: str = str(EXPIRES),
    bound: tuple[str, ...] = BOUND,
    signer: LinkSigner = SIGNER,
) -> None:
    signer.check(signature, now, method, key, expires, *bound)


def test_the_request_that_was_signed_goes_through() -> None:
    check()


def refused(**changes: object) -> bool:
    with pytest.raises(CloudError) as caught:
        check(**changes)  # type: ignore[arg-type]  # each case changes one argument of the right type
    return caught.value.reason is Reason.STORE_LINK_INVALID


def test_every_exchanged_part_breaks_the_link() -> None:
    assert refused(signature=GOOD[:-1] + ("0" if GOOD[-1] != "0" else "1"))
    assert refused(signature="")
    assert refused(signature="ü")
    assert refused(method="GET")
    assert refused(key="resumes/b")
    assert refused(expires=str(EXPIRES + 1))
    assert refused(bound=("11", BOUND[1]))
    assert refused(bound=("10", "cd" * 32))
    assert refused(bound=("1", "0" + BOUND[1]))
    assert refused(signer=LinkSigner(b"x" * 32))


@pytest.mark.parametrize("expires", ["", "-1", "1e9", "٣", "9" * 40, "abc"])
def test_an_expiry_that_is_no_time_is_refused(expires: str) -> None:
    assert refused(expires=expires)


def test_a_link_ends_at_its_expiry() -> None:
    check(now=NOW + timedelta(seconds=59))
    assert refused(now=NOW + timedelta(seconds=60))


def test_a_short_key_is_not_accepted() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        LinkSigner(b"short")


def test_the_key_before_is_good_for_links_that_it_signed_and_for_no_others() -> None:
    newer = LinkSigner(b"n" * 32, before=b"k" * 32)
    check(signer=newer)
    assert newer.sign("PUT", "resumes/a", EXPIRES) != SIGNER.sign("PUT", "resumes/a", EXPIRES)
    assert refused(signer=LinkSigner(b"n" * 32, before=b"o" * 32))
    assert refused(signer=LinkSigner(b"n" * 32))


def test_a_short_key_before_is_not_accepted() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        LinkSigner(b"k" * 32, before=b"short")
