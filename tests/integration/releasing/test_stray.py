"""What lies in a draft and was signed by nobody does not reach the published folder."""

import pytest

from tests.support.release_desk import CommandError, ReleaseDesk


def test_what_no_release_speaks_of_is_neither_signed_nor_published(desk: ReleaseDesk) -> None:
    desk.assemble("1.1.0", 110)
    brought = desk.folder / "1.1.0" / "artifacts"
    (brought / "page.html").write_text("not of the release")
    with pytest.raises(CommandError, match=r"do not sign this:\nartifacts/page.html"):
        desk.sign("1.1.0", "anna")
    (brought / "page.html").unlink()
    desk.sign("1.1.0", "anna", "ben", "anna")
    (brought / "private").symlink_to(desk.folder / "keys" / "anna.pem")
    with pytest.raises(CommandError, match=r"artifacts/private is no plain file"):
        desk.publish("1.1.0")
    assert not (desk.repository / "artifacts" / "private").exists()
