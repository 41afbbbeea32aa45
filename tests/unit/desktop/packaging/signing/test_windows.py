"""The commands of Authenticode; osslsigncode's are also run, by the tests of what verifies them."""

from pathlib import Path

import pytest

from desktop.packaging.signing.steps import SignStepError, run
from desktop.packaging.signing.windows import AzureTrustedSigning, Osslsigncode, Signtool
from tests.support.code_signing import SIGNED_AT, Authority, small_program

PROGRAM = Path("njordhr.exe")


def test_osslsigncode_names_the_passwords_file_and_never_the_password() -> None:
    signer = Osslsigncode(
        Path("chain.pem"), "signing.key", password_file=Path("password"), timestamp_url="http://clock.example"
    )
    (step,) = signer.sign(PROGRAM)
    assert " ".join(step.command) == (
        "osslsigncode sign -h sha256 -n NjordHR -certs chain.pem -key signing.key -readpass password"
        " -ts http://clock.example -in njordhr.exe -out njordhr.exe.signed"
    )


def test_a_key_in_a_token_is_reached_through_its_library() -> None:
    signer = Osslsigncode(Path("chain.pem"), "pkcs11:object=publisher", module=Path("token.so"))
    (step,) = signer.sign(PROGRAM)
    assert " ".join(step.command).count("-pkcs11module token.so -key pkcs11:object=publisher") == 1


def test_signtool_and_azure_confirm_the_time_and_hold_no_secret() -> None:
    (own,) = Signtool("AB" * 20, "http://clock.example").sign(PROGRAM)
    (azure,) = AzureTrustedSigning(Path("Dlib.dll"), Path("account.json"), "http://clock.example").sign(
        PROGRAM
    )
    start = "signtool sign /v /fd SHA256 /td SHA256 /tr http://clock.example /d NjordHR"
    assert " ".join(own.command) == f"{start} /sha1 {'AB' * 20} njordhr.exe"
    assert " ".join(azure.command) == f"{start} /dlib Dlib.dll /dmdf account.json njordhr.exe"
    (asked,) = Signtool("AB" * 20, "").verify(PROGRAM)
    assert asked.command[:3] == ("signtool", "verify", "/pa")
    assert AzureTrustedSigning(Path("d"), Path("a"), "").verify(PROGRAM) == (asked,)


def test_a_signature_of_another_authority_is_not_verified(tmp_path: Path) -> None:
    ours, theirs = Authority(tmp_path / "ours"), Authority(tmp_path / "theirs", "Another authority")
    publisher, clock = theirs.publisher("Somebody"), theirs.timestamper()
    program = tmp_path / "njordhr.exe"
    program.write_bytes(small_program())
    times = (clock.certificate_file, clock.key_file, SIGNED_AT)
    signer = Osslsigncode(
        publisher.certificate_file, str(publisher.key_file), clock=times, authority=ours.file
    )
    run(signer.sign(program), dry_run=False, say=lambda _: None)
    with pytest.raises(SignStepError, match="Verify"):
        run(signer.verify(program), dry_run=False, say=lambda _: None)
