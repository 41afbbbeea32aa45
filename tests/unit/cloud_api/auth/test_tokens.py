"""Access tokens: believed, or refused for a reason of their own. Real keys of a real small server."""

import hashlib
import hmac
import json
import threading
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx
import jwt
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from cloud_api.auth.tokens import (
    LEEWAY_SECONDS,
    LOCAL_ISSUER,
    JwksKeys,
    LocalSigner,
    TokenVerifier,
    check_times,
)
from cloud_api.errors import NotSignedIn, Unavailable
from protocol.reasons import Reason
from tests.support.gotrue import JWKS, GoTrue, SigningKey, gotrue_server

USER = UUID(int=7)
NOW = datetime(2026, 11, 12, 8, 0, tzinfo=UTC)
KEY = ec.generate_private_key(ec.SECP256R1())
ISSUER = "https://project.supabase.example.com/auth/v1"


def now() -> datetime:
    return NOW


class Project:
    """A server that publishes its keys, and the verifier that believes it; time stands still for both."""

    def __init__(self, server: GoTrue) -> None:
        self.server = server
        self.time = 0.0
        self.keys = JwksKeys(server.url + JWKS, lambda: self.time, httpx.Client(trust_env=False))
        self.verifier = TokenVerifier(self.keys, server.issuer, now)

    def token(self, key: SigningKey | None = None, **changes: Any) -> str:
        times = {"iat": NOW, "exp": NOW + timedelta(minutes=5)}
        return self.server.token(str(USER), key, **(times | changes))

    def token_with(self, changes: Mapping[str, datetime]) -> str:
        return self.token(None, **dict[str, Any](changes))

    def signed(self, head: dict[str, str], signature: Callable[[bytes], bytes], **changes: Any) -> str:
        """Return a token put together by hand, as nobody's library would."""
        claims = json.loads(_decoded(self.token(**changes).split(".")[1]))
        text = b".".join(_encoded(json.dumps(part).encode()) for part in (head, claims))
        return b".".join([text, _encoded(signature(text))]).decode()

    def refusal(self, token: str) -> Reason:
        with pytest.raises(NotSignedIn) as refused:
            self.verifier.verify(token)
        return refused.value.reason


def hs256(secret: bytes) -> Callable[[bytes], bytes]:
    return lambda text: hmac.digest(secret, text, hashlib.sha256)


def _encoded(raw: bytes) -> bytes:
    return jwt.utils.base64url_encode(raw)


def _decoded(text: str) -> bytes:
    return jwt.utils.base64url_decode(text)


@pytest.fixture(scope="module")
def server() -> Iterator[GoTrue]:
    with gotrue_server() as running:
        yield running


@pytest.fixture
def project(server: GoTrue) -> Iterator[Project]:
    server.rotate(str(uuid4()), keep_old=False)
    server.keys_fault = None
    server.asked.clear()
    made = Project(server)
    yield made
    made.keys.close()


def test_a_token_of_the_issuer_says_who(project: Project) -> None:
    assert project.verifier.verify(project.token()) == USER
    assert project.verifier.verify(project.token(aud=["authenticated", "other"])) == USER


def test_another_audience_has_its_own_reason(project: Project) -> None:
    assert project.refusal(project.token(aud="anon")) is Reason.AUTH_TOKEN_AUDIENCE
    assert project.refusal(project.token(aud=["anon"])) is Reason.AUTH_TOKEN_AUDIENCE


def test_another_issuer_has_its_own_reason(project: Project) -> None:
    for issuer in ("https://elsewhere.example.com/auth/v1", project.server.issuer + "/", LOCAL_ISSUER):
        assert project.refusal(project.token(iss=issuer)) is Reason.AUTH_TOKEN_ISSUER


def test_a_token_that_has_run_out_has_its_own_reason(project: Project) -> None:
    old = project.token(exp=NOW - timedelta(minutes=1))
    assert project.refusal(old) is Reason.AUTH_TOKEN_EXPIRED


@pytest.mark.parametrize("claim", ["nbf", "iat"])
def test_a_token_that_is_not_good_yet_has_its_own_reason(project: Project, claim: str) -> None:
    early = project.token_with({claim: NOW + timedelta(minutes=1)})
    assert project.refusal(early) is Reason.AUTH_TOKEN_NOT_YET_VALID


def test_clocks_may_differ_by_ten_seconds_and_no_more(project: Project) -> None:
    leeway = timedelta(seconds=LEEWAY_SECONDS)
    second = timedelta(seconds=1)
    for fits in (
        {"exp": NOW - leeway + second},
        {"iat": NOW + leeway},
        {"nbf": NOW + leeway},
    ):
        assert project.verifier.verify(project.token_with(fits)) == USER
    assert project.refusal(project.token(exp=NOW - leeway)) is Reason.AUTH_TOKEN_EXPIRED
    for claim in ("iat", "nbf"):
        late = project.token_with({claim: NOW + leeway + second})
        assert project.refusal(late) is Reason.AUTH_TOKEN_NOT_YET_VALID


@pytest.mark.parametrize("time", ["soon", None, True, [], float("nan"), float("inf")])
def test_a_time_that_is_none_is_not_believed(time: object) -> None:
    for name in ("exp", "nbf", "iat"):
        claims = {"exp": 2_000_000_000, "iat": 0, name: time}
        with pytest.raises(NotSignedIn) as refused:
            check_times(claims, 1_000_000_000)
        assert refused.value.reason is Reason.AUTH_TOKEN_INVALID


def test_a_token_without_a_signature_is_refused_for_its_algorithm(project: Project) -> None:
    for algorithm in ("none", "None", "NONE"):
        head = {"alg": algorithm, "typ": "JWT", "kid": project.server.signing.key_id}
        assert project.refusal(project.signed(head, lambda _: b"")) is Reason.AUTH_TOKEN_ALGORITHM


def test_the_public_key_is_no_secret_to_sign_with(project: Project) -> None:
    signing = project.server.signing
    public = signing.private.public_key()
    spki = serialization.PublicFormat.SubjectPublicKeyInfo
    secrets = [
        public.public_bytes(serialization.Encoding.PEM, spki),
        public.public_bytes(serialization.Encoding.DER, spki),
        json.dumps(signing.published()).encode(),
    ]
    for secret in secrets:
        head = {"alg": "HS256", "typ": "JWT", "kid": signing.key_id}
        token = project.signed(head, hs256(secret))
        assert project.refusal(token) is Reason.AUTH_TOKEN_ALGORITHM


def test_a_shared_secret_that_is_published_by_mistake_is_no_key(project: Project) -> None:
    secret = b"k" * 40
    jwk = {"kty": "oct", "kid": "shared", "alg": "HS256", "k": _encoded(secret).decode()}
    project.server.keys["keys"].append(jwk)
    token = project.signed({"alg": "HS256", "kid": "shared"}, hs256(secret))
    assert project.refusal(token) is Reason.AUTH_TOKEN_ALGORITHM
    es256 = project.signed({"alg": "ES256", "kid": "shared"}, lambda text: b"s" * 64)
    assert project.refusal(es256) is Reason.AUTH_TOKEN_UNKNOWN_KEY
    assert project.verifier.verify(project.token()) == USER


def test_other_algorithms_and_curves_are_not_accepted(project: Project) -> None:
    wide = SigningKey("wide", ec.SECP384R1())
    project.server.keys["keys"].append(wide.published())
    claims = project.server.claims(str(USER), iat=NOW, exp=NOW + timedelta(minutes=5))
    es384 = jwt.encode(claims, wide.private, "ES384", headers={"kid": "wide"})
    assert project.refusal(es384) is Reason.AUTH_TOKEN_ALGORITHM
    rs256 = jwt.encode(claims, rsa.generate_private_key(65537, 2048), "RS256", headers={"kid": "wide"})
    assert project.refusal(rs256) is Reason.AUTH_TOKEN_ALGORITHM
    claimed = project.signed({"alg": "ES256", "kid": "wide"}, lambda text: b"s" * 64)
    assert project.refusal(claimed) is Reason.AUTH_TOKEN_UNKNOWN_KEY


def test_a_key_that_a_token_brings_along_is_not_used(project: Project) -> None:
    own = SigningKey(project.server.signing.key_id)
    claims = project.server.claims(str(USER), iat=NOW, exp=NOW + timedelta(minutes=5))
    head = {"kid": own.key_id, "jwk": own.published(), "jku": "http://127.0.0.1:1/keys"}
    token = jwt.encode(claims, own.private, "ES256", headers=head)
    assert project.refusal(token) is Reason.AUTH_TOKEN_INVALID


@pytest.mark.parametrize(
    "changes",
    [
        {"aud": None},
        {"iss": None},
        {"exp": None},
        {"iat": None},
        {"sub": None},
        {"sub": "not-a-uuid"},
        {"role": "service_role"},
        {"role": None},
        {"is_anonymous": True},
    ],
)
def test_a_token_that_does_not_say_who_is_not_believed(project: Project, changes: dict[str, Any]) -> None:
    assert project.refusal(project.token(**changes)) is Reason.AUTH_TOKEN_INVALID


def test_what_is_no_token_is_not_believed(project: Project) -> None:
    good = project.token()
    head, body, signature = good.split(".")
    other = project.token(sub=str(uuid4())).split(".")[1]
    broken = [good[:-4] + "AAAA", f"{head}.{other}.{signature}", f"{head}.{body}.", f"{head}.{body}", ""]
    for token in [*broken, "not a token", "a.b.c", good + ".x"]:
        assert project.refusal(token) is Reason.AUTH_TOKEN_INVALID


def test_keys_rotate_while_people_work(project: Project) -> None:
    old = project.token()
    assert project.verifier.verify(old) == USER
    project.server.rotate("new", keep_old=True)
    project.time = 60.0
    assert project.verifier.verify(project.token()) == USER
    assert project.verifier.verify(old) == USER
    assert project.server.asked[JWKS] == 2

    former = project.server.keys["keys"][0]["kid"]
    project.server.keys = {"keys": [project.server.signing.published()]}
    project.time = 661.0  # the withdrawn one is believed for ten minutes at most
    assert project.verifier.verify(project.token()) == USER
    assert former not in {key["kid"] for key in project.server.keys["keys"]}
    assert project.refusal(old) is Reason.AUTH_TOKEN_UNKNOWN_KEY


def test_unknown_keys_are_looked_up_but_not_at_every_request(project: Project) -> None:
    stranger = SigningKey("stranger")
    for _ in range(50):
        assert project.refusal(project.token(stranger)) is Reason.AUTH_TOKEN_UNKNOWN_KEY
    assert project.server.asked[JWKS] == 1
    project.time = 31.0
    for _ in range(50):
        project.refusal(project.token(SigningKey(str(uuid4()))))
    assert project.server.asked[JWKS] == 2
    assert project.verifier.verify(project.token()) == USER


def test_an_issuer_that_is_away_is_not_a_refusal(project: Project) -> None:
    project.server.keys_fault = (503, b"{}")
    with pytest.raises(Unavailable) as refused:
        project.verifier.verify(project.token())
    assert refused.value.reason is Reason.AUTH_PROVIDER_DOWN
    project.server.keys_fault = None
    project.time = 6.0
    assert project.verifier.verify(project.token()) == USER


def test_a_local_token_is_believed_by_its_own_machine_only() -> None:
    signer, other = LocalSigner(now), LocalSigner(now)
    made = signer.sign(USER, "a@example.com")

    assert TokenVerifier(signer, LOCAL_ISSUER, now).verify(made) == USER
    with pytest.raises(NotSignedIn) as refused:
        TokenVerifier(other, LOCAL_ISSUER, now).verify(made)
    assert refused.value.reason is Reason.AUTH_TOKEN_UNKNOWN_KEY


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
