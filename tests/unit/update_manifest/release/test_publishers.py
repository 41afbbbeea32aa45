"""Who publishes the programs of a release."""

import json
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from desktop.install.authenticode import spki_sha256
from tests.support.code_signing import Authority
from update_manifest.release.errors import NotDoneError
from update_manifest.release.publishers import fault, gather, key_of
from update_manifest.releases import CodeSign

TEAM = "ABCDE12345"


def _said(folder: Path, name: str, **content: object) -> Path:
    file = folder / name
    file.write_text(json.dumps(content), encoding="utf-8")
    return file


def test_a_certificate_names_the_key_that_clients_look_for(tmp_path: Path) -> None:
    authority = Authority(tmp_path)
    publisher = authority.publisher("Example")
    known = spki_sha256(publisher.certificate)
    chain, plain = tmp_path / "chain.pem", tmp_path / "publisher.cer"
    chain.write_bytes(publisher.certificate_file.read_bytes() + authority.file.read_bytes())
    plain.write_bytes(publisher.certificate.public_bytes(Encoding.DER))
    assert key_of(chain) == key_of(plain) == known
    assert gather([], [chain, plain], [known], None) == CodeSign(windows_spki_sha256=(known,))
    with pytest.raises(NotDoneError, match="the publisher's comes first"):
        key_of(authority.file)
    with pytest.raises(NotDoneError, match="no certificate"):
        key_of(publisher.key_file)


def test_what_the_signing_wrote_is_taken(tmp_path: Path) -> None:
    windows = _said(tmp_path, "codesign-windows-x86_64.json", windows_spki_sha256=["a" * 64])
    mac = _said(tmp_path, "codesign-macos-arm64.json", macos_team=TEAM)
    both = gather([windows, mac], [], ["b" * 64], TEAM)
    assert both == CodeSign(windows_spki_sha256=("b" * 64, "a" * 64), macos_team=TEAM)
    with pytest.raises(NotDoneError, match="one team"):
        gather([mac], [], [], "ZZZZZ12345")
    for content in ({"macos_team": "short"}, {"windows_spki_sha256": "a" * 64}):
        with pytest.raises(NotDoneError, match="does not say who"):
            gather([_said(tmp_path, "other.json", **content)], [], [], None)
    with pytest.raises(NotDoneError, match="64 digits"):
        gather([], [], ["A"], None)


def test_programs_without_a_publisher_are_noticed() -> None:
    none, windows, mac = CodeSign(), CodeSign(windows_spki_sha256=("a" * 64,)), CodeSign(macos_team=TEAM)
    assert fault("linux-x86_64", "1.0.0", none) is None
    assert fault("windows-x86_64", "1.0.0", windows) is fault("macos-arm64", "1.0.0", mac) is None
    assert "1.0.0 says no publisher" in str(fault("windows-x86_64", "1.0.0", mac))
    assert "1.0.0 says no team" in str(fault("macos-arm64", "1.0.0", windows))
