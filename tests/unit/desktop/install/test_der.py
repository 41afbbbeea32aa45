"""Reading DER strictly."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.install import der


@pytest.mark.parametrize(
    "data",
    [
        "",
        "30",
        "3005",
        "300100ff",
        "1f0100",  # a tag of several bytes
        "3080010100",  # no definite length
        "308101ff",  # a length that has a shorter form
        "3082000100",
        "308500000000010f",
    ],
)
def test_what_is_no_der_is_refused(data: str) -> None:
    with pytest.raises(der.DerError):
        der.read(bytes.fromhex(data))


def test_parts_are_found_by_place_and_tag() -> None:
    element = der.read(bytes.fromhex("300702010504020a0b"))
    assert element.part(1, der.OCTETS).content == b"\x0a\x0b"
    assert element.part(1, der.OCTETS).whole == bytes.fromhex("04020a0b")
    for index, tag in ((1, der.INTEGER), (2, der.INTEGER)):
        with pytest.raises(der.DerError):
            element.part(index, tag)


@given(st.binary(max_size=700))
def test_a_value_is_read_back_whatever_its_length(content: bytes) -> None:
    size = len(content)
    length = (
        bytes([size])
        if size < 128
        else bytes([0x81, size])
        if size < 256
        else b"\x82" + size.to_bytes(2, "big")
    )
    element = der.read(b"\x04" + length + content)
    assert element.content == content


@given(st.binary(max_size=40))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        der.read(data).parts()
    except der.DerError:
        return
