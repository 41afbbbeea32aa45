"""What is sealed for a computer, it alone reads, and only for the command that it was sealed for."""

import base64
from uuid import uuid4

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from agent_core.cloud.sealing import PRIVATE_KEY, SealingKey
from agent_core.errors import RequestError
from agent_core.keychain import MemorySecrets
from protocol.commands import sealing_info
from protocol.reasons import Reason

DEVICE, COMMAND = uuid4(), uuid4()


def sealed(key: SealingKey, code: str, device: object = DEVICE, command: object = COMMAND) -> str:
    point = base64.urlsafe_b64decode(key.public() + "==")
    public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
    info = sealing_info(device, command)  # type: ignore[arg-type]  # anybody may seal anything
    data = Suite(KEM.P256, KDF.HKDF_SHA256, AEAD.AES_256_GCM).encrypt(code.encode(), public, info)
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def test_a_code_is_read_with_or_without_what_people_type() -> None:
    key = SealingKey(MemorySecrets())
    for typed in ("135790", "135 790", "135-790"):
        assert key.open(sealed(key, typed), DEVICE, COMMAND) == "135790"


def test_the_key_is_kept_in_the_keyring_and_nowhere_else() -> None:
    secrets = MemorySecrets()
    key = SealingKey(secrets)
    assert len(base64.urlsafe_b64decode(key.public() + "==")) == 65
    text = sealed(key, "135790")
    assert SealingKey(secrets).open(text, DEVICE, COMMAND) == "135790"
    secrets.put(PRIVATE_KEY, "somebody else wrote here")
    assert SealingKey(secrets).public() != key.public()
    secrets.put(PRIVATE_KEY, "0" * 64)  # no number of a key
    assert SealingKey(secrets).public() != key.public()


@pytest.mark.parametrize(
    "what", ["another command", "another computer", "another key", "cut", "no code", "no text"]
)
def test_what_was_not_sealed_for_this_is_refused(what: str) -> None:
    key = SealingKey(MemorySecrets())
    text = {
        "another command": sealed(key, "135790", command=uuid4()),
        "another computer": sealed(key, "135790", device=uuid4()),
        "another key": sealed(SealingKey(MemorySecrets()), "135790"),
        "cut": sealed(key, "135790")[:-6],
        "no code": sealed(key, "<script>"),
        "no text": "*" * 60,
    }[what]
    with pytest.raises(RequestError) as caught:
        key.open(text, DEVICE, COMMAND)
    assert caught.value.reason is Reason.CODE_NOT_FOR_US
