"""A release manager whose key never leaves a token: PKCS#11, with SoftHSM2 in place of the hardware."""

import shutil
import subprocess
from pathlib import Path

import pytest

from signing.release.errors import SigningKeyError
from signing.release.key_uri import KeyUri
from signing.release.signers import generate, open_signer
from tests.support.release_desk import ReleaseDesk

LIBRARIES = ("/usr/lib/softhsm/libsofthsm2.so", "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so")
PIN = "a long enough passphrase"
KEY = "hsm:2?label=anna"


@pytest.fixture
def token(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One token called anna."""
    program = shutil.which("softhsm2-util")
    assert program, "softhsm2 is of the packages that tests need"
    (tmp_path / "tokens").mkdir()
    configuration = tmp_path / "softhsm2.conf"
    configuration.write_text(f"directories.tokendir = {tmp_path / 'tokens'}\nlog.level = ERROR\n")
    monkeypatch.setenv("SOFTHSM2_CONF", str(configuration))
    monkeypatch.setenv("PYKCS11LIB", next(path for path in LIBRARIES if Path(path).is_file()))
    command = [program, "--init-token", "--free", "--label", "anna", "--pin", PIN, "--so-pin", PIN]
    subprocess.run(command, check=True, capture_output=True)


@pytest.mark.usefixtures("token")
def test_a_key_on_a_token_signs_releases(tmp_path: Path) -> None:
    uri = KeyUri.parse(KEY)
    public = generate(uri, lambda _: PIN)
    assert public.scheme == "ecdsa-sha2-nistp256"
    with pytest.raises(SigningKeyError, match="has something under number 2 already"):
        generate(uri, lambda _: PIN)
    signature = open_signer(uri, lambda _: PIN).sign(b"bytes")
    public.verify_signature(signature, b"bytes")
    with pytest.raises(SigningKeyError, match="did not open"):
        open_signer(KeyUri.parse("hsm:2?label=ben"), lambda _: PIN)
    with pytest.raises(SigningKeyError, match="did not open"):
        open_signer(KeyUri.parse("hsm:3?label=anna"), lambda _: PIN)
    with pytest.raises(SigningKeyError, match="given by its number"):
        open_signer(KeyUri.parse("hsm:two"), lambda _: PIN)

    desk = ReleaseDesk(tmp_path / "desk")
    desk.hardware = {"anna": KEY}
    desk.begin()
    desk.release("1.0.0", 100)
    desk.step("rollout 100")
    assert desk.read().releases.releases[0].version == "1.0.0"


def test_without_a_library_the_way_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PYKCS11LIB", raising=False)
    with pytest.raises(SigningKeyError, match="set PYKCS11LIB"):
        open_signer(KeyUri.parse(KEY), lambda _: PIN)
