from datetime import UTC, datetime

from cloud_api.resumes.object_store import ObjectMissing, ObjectRefused, SignedLink
from protocol.reasons import Reason


def test_what_is_missing_and_what_is_wrong_have_their_reasons() -> None:
    assert (ObjectMissing().reason, ObjectMissing().status) == (Reason.UPLOAD_MISSING, 409)
    assert (ObjectRefused().reason, ObjectRefused().status) == (Reason.UPLOAD_CHECKSUM, 422)


def test_a_link_keeps_its_address_out_of_logs() -> None:
    link = SignedLink(
        "https://store.example.com/x?signature=secret", "GET", datetime(2026, 11, 12, tzinfo=UTC)
    )
    assert "secret" not in repr(link)
