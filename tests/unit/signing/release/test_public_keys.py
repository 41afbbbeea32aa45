import json
from pathlib import Path

import pytest
from securesystemslib.signer import CryptoSigner

from signing.release import public_keys
from signing.release.errors import SigningKeyError


@pytest.mark.parametrize("signer", [CryptoSigner.generate_ed25519(), CryptoSigner.generate_ecdsa()])
def test_a_public_key_comes_back_with_its_name(tmp_path: Path, signer: CryptoSigner) -> None:
    path = tmp_path / "anna.json"
    public_keys.write(path, signer.public_key, "anna")
    again = public_keys.read(path)
    assert again.keyid == signer.public_key.keyid
    assert public_keys.name_of(again) == "anna"
    again.verify_signature(signer.sign(b"bytes"), b"bytes")
    with pytest.raises(SigningKeyError, match="there already"):
        public_keys.write(path, signer.public_key, "ben")


def test_an_id_that_lies_is_not_believed(tmp_path: Path) -> None:
    path, signer = tmp_path / "anna.json", CryptoSigner.generate_ed25519()
    public_keys.write(path, signer.public_key, "anna")
    told = json.loads(path.read_text())
    path.write_text(json.dumps({**told, "keyid": "0" * 64}))
    assert public_keys.read(path).keyid == signer.public_key.keyid


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"name": "x", "keytype": "rsa", "scheme": "rsassa", "keyval": {}}']
)
def test_anything_else_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "anna.json"
    path.write_text(text)
    with pytest.raises(SigningKeyError):
        public_keys.read(path)


def test_a_key_without_a_name_is_called_by_its_id() -> None:
    key = CryptoSigner.generate_ed25519().public_key
    assert public_keys.name_of(key) == key.keyid[:8]
