"""Adding signatures is tried by the commands in tests/integration/releasing; here what a release keeps."""

from update_manifest.release.signatures import Missing, keep_those_of


def test_signatures_of_keys_that_do_not_count_are_taken_off() -> None:
    release = {
        "version": "1.0.0",
        "signature": "A",
        "signatures": [{"keyid": "a", "sig": "A"}, {"keyid": "b", "sig": "B"}],
    }
    assert keep_those_of(release, {"b"})["signatures"] == [{"keyid": "b", "sig": "B"}]
    assert keep_those_of(release, {"b"})["signature"] == "B"
    assert keep_those_of(release, {"c"})["signature"] == ""
    assert release["signature"] == "A"


def test_what_is_missing_is_said_in_a_line() -> None:
    missing = Missing("targets", ("anna",), 2, ("ben", "cleo"))
    assert str(missing) == "targets: 1 of 2 (anna); may sign: ben, cleo"
    assert "(nobody)" in str(Missing("targets", (), 2, ("ben",)))
