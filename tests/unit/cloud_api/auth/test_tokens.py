"""Access tokens: believed, or refused for a reason."""

import json
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx
import jwt
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from cloud_api.auth.tokens import ALGORITHM, LOCAL_ISSUER, JwksKeys, LocalSigner, TokenVerifier
from cloud_api.errors import NotSignedIn, Unavailable
from protocol.reasons import Reason

ISSUER = "https://project.supabase.example.com/auth/v1"
KEY = ec.generate_private_key(ec.SECP256R1())
USER = UUID(int=7)


def now() -> datetime:
    return datetime.now(UTC)


class OneKey:
    def key(self, key_id: str) -> ec.EllipticCurvePublicKey | None:
        return KEY.public_key() if key_id == "one" else None


def token(key: Any = KEY, algorithm: str = ALGORITHM, key_id: str = "one", **changes: Any) -> str:
    claims = {
        "iss": ISSUER,
        "aud": "authenticated",
        "sub": str(USER),
        "role": "authenticated",
        "iat": now(),
        "exp": now() + timedelta(minutes=5),
        **changes,
    }
    present = {name: value for name, value in claims.items() if value is not None}
    return jwt.encode(present, key, algorithm=algorithm, headers={"kid": key_id})


def test_a_token_of_the_issuer_says_who() -> None:
    assert TokenVerifier(OneKey(), ISSUER).verify(token()) == USER


@pytest.mark.parametrize(
    "make",
    [
        lambda: token(iss="https://elsewhere.example.com"),
        lambda: token(aud="anon"),
        lambda: token(aud=None),
        lambda: token(exp=None),
        lambda: token(iat=None),
        lambda: token(sub=None),
        lambda: token(sub="not-a-uuid"),
        lambda: token(role="service_role"),
        lambda: token(is_anonymous=True),
        lambda: token(nbf=now() + timedelta(hours=1)),
        lambda: token(key_id="two"),
        lambda: token(key=ec.generate_private_key(ec.SECP256R1())),
        lambda: token(key="", algorithm="none"),
        lambda: token(key="k" * 40, algorithm="HS256"),
        lambda: token(key=rsa.generate_private_key(65537, 2048), algorithm="RS256"),
        lambda: token()[:-4] + "AAAA",
        lambda: "not a token",
        lambda: "",
    ],
)
def test_any_other_token_is_not_believed(make: Callable[[], str]) -> None:
    with pytest.raises(NotSignedIn) as refused:
        TokenVerifier(OneKey(), ISSUER).verify(make())
    assert refused.value.reason is Reason.AUTH_TOKEN_INVALID


def test_the_public_key_is_no_secret_to_sign_with() -> None:
    public = KEY.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    head = jwt.utils.base64url_encode(json.dumps({"alg": "HS256", "kid": "one"}).encode())
    body = token().split(".")[1].encode()
    signature = jwt.utils.base64url_encode(
        jwt.algorithms.HMACAlgorithm(jwt.algorithms.HMACAlgorithm.SHA256).sign(head + b"." + body, public)
    )
    with pytest.raises(NotSignedIn):
        TokenVerifier(OneKey(), ISSUER).verify(b".".join([head, body, signature]).decode())


def test_a_token_that_has_run_out_has_its_own_reason() -> None:
    old = token(exp=now() - timedelta(minutes=1))
    with pytest.raises(NotSignedIn) as refused:
        TokenVerifier(OneKey(), ISSUER).verify(old)
    assert refused.value.reason is Reason.AUTH_TOKEN_EXPIRED


def test_a_local_token_is_believed_by_its_own_machine_only() -> None:
    signer, other = LocalSigner(now), LocalSigner(now)
    made = signer.sign(USER, "a@example.com")

    assert TokenVerifier(signer, LOCAL_ISSUER).verify(made) == USER
    with pytest.raises(NotSignedIn):
        TokenVerifier(other, LOCAL_ISSUER).verify(made)


def published(*names: str) -> dict[str, Any]:
    keys = []
    for name in names:
        jwk = json.loads(jwt.algorithms.ECAlgorithm.to_jwk(KEY.public_key()))
        keys.append({**jwk, "kid": name, "alg": "ES256", "use": "sig"})
    return {"keys": keys}


class Issuer:
    """Answers for the issuer's address, and counts."""

    def __init__(self) -> None:
        self.asked = 0
        self.answer = httpx.Response(200, json=published("one"))
        self.time = 0.0

    def keys(self) -> JwksKeys:
        def answer(_: httpx.Request) -> httpx.Response:
            self.asked += 1
            return self.answer

        client = httpx.Client(transport=httpx.MockTransport(answer))
        return JwksKeys(f"{ISSUER}/.well-known/jwks.json", lambda: self.time, client)


def test_published_keys_are_fetched_once_and_again_for_a_new_one() -> None:
    issuer = Issuer()
    keys = issuer.keys()
    assert keys.key("one") is not None
    assert keys.key("one") is not None
    assert issuer.asked == 1

    issuer.answer = httpx.Response(200, json=published("one", "two"))
    issuer.time = 60.0
    assert keys.key("two") is not None
    assert issuer.asked == 2
    keys.close()


def test_made_up_key_ids_do_not_make_the_api_ask_the_issuer_each_time() -> None:
    issuer = Issuer()
    keys = issuer.keys()
    for _ in range(50):
        assert keys.key(str(uuid4())) is None
    assert issuer.asked == 1
    keys.close()


@pytest.mark.parametrize(
    "answer",
    [httpx.Response(500), httpx.Response(200, text="<html>"), httpx.Response(200, json={"keys": []})],
)
def test_an_issuer_that_does_not_answer_rightly_is_unavailable_and_asked_again(
    answer: httpx.Response,
) -> None:
    issuer = Issuer()
    keys = issuer.keys()
    issuer.answer = answer
    with pytest.raises(Unavailable) as refused:
        keys.key("one")
    assert refused.value.reason is Reason.AUTH_PROVIDER_DOWN

    issuer.answer = httpx.Response(200, json=published("one"))
    with pytest.raises(Unavailable):  # nobody waits for it again so soon
        keys.key("one")
    assert issuer.asked == 1
    issuer.time = 6.0
    assert keys.key("one") is not None
    keys.close()


def test_a_key_that_the_issuer_withdrew_is_not_believed_for_ever() -> None:
    issuer = Issuer()
    keys = issuer.keys()
    assert keys.key("one") is not None
    issuer.answer = httpx.Response(200, json=published("two"))
    issuer.time = 599.0
    assert keys.key("one") is not None
    issuer.time = 601.0
    assert keys.key("one") is None
    keys.close()


def test_while_the_issuer_is_away_known_keys_hold_and_made_up_ones_are_refused_at_once() -> None:
    issuer = Issuer()
    keys = issuer.keys()
    assert keys.key("one") is not None
    issuer.answer = httpx.Response(503)
    issuer.time = 700.0
    assert keys.key("one") is not None
    for _ in range(50):
        with pytest.raises(Unavailable):
            keys.key(str(uuid4()))
    assert issuer.asked == 2
    keys.close()


def test_a_known_key_does_not_wait_for_a_made_up_one() -> None:
    began, goes_on = threading.Event(), threading.Event()
    issuer = Issuer()

    def slow(_: httpx.Request) -> httpx.Response:
        issuer.asked += 1
        if issuer.asked > 1:
            began.set()
            goes_on.wait(30)
        return httpx.Response(200, json=published("one"))

    client = httpx.Client(transport=httpx.MockTransport(slow))
    keys = JwksKeys(f"{ISSUER}/.well-known/jwks.json", lambda: issuer.time, client)
    assert keys.key("one") is not None
    issuer.time = 60.0
    guess = threading.Thread(target=keys.key, args=("made up",))
    guess.start()
    try:
        assert began.wait(30)
        assert keys.key("one") is not None  # would hang here until the issuer answers
        assert guess.is_alive()
    finally:
        goes_on.set()
        guess.join()
    keys.close()
