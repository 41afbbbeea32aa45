import pytest

from signing.release.errors import SigningKeyError
from signing.release.key_uri import Keeper, KeyUri


def test_an_address_is_read_and_written() -> None:
    assert KeyUri.parse("hsm:2?label=anna") == KeyUri(Keeper.HSM, "2?label=anna")
    assert str(KeyUri.parse("file:C:/keys/anna.pem")) == "file:C:/keys/anna.pem"
    assert KeyUri.parse("hsm:").place == ""


@pytest.mark.parametrize("text", ["/media/anna.pem", "ftp:x", "file", "file:", "file2:x", ""])
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(SigningKeyError):
        KeyUri.parse(text)
