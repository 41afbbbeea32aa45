from cloud_api.devices.codes import (
    ALPHABET,
    new_device_token,
    new_pairing_code,
    pairing_code_hash,
)


def test_a_code_is_two_readable_halves() -> None:
    letters = iter("K7QM2XPD")
    assert new_pairing_code(lambda _: next(letters)) == "K7QM-2XPD"


def test_codes_are_made_of_letters_that_nobody_mixes_up() -> None:
    assert not set("01OIL") & set(ALPHABET)
    assert set(new_pairing_code().replace("-", "")) <= set(ALPHABET)
    assert len({new_pairing_code() for _ in range(200)}) == 200


def test_case_spaces_and_dashes_do_not_count_when_a_code_is_typed() -> None:
    expected = pairing_code_hash("K7QM-2XPD")
    assert all(
        pairing_code_hash(typed) == expected for typed in ("k7qm2xpd", " K7QM 2XPD ", "K7QM\u20132XPD")
    )
    assert pairing_code_hash("K7QM-2XPE") != expected


def test_a_device_token_says_what_it_is() -> None:
    token = new_device_token()
    assert token.startswith("njd_")
    assert len(token) > 40
    assert new_device_token() != token
