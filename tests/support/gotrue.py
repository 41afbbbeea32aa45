"""A small real server that answers as Supabase Auth does: keys, sign-in, sign-up, making accounts.

Its tokens are signed with real keys, which it publishes and rotates; faults come on demand.
"""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import jwt
import psycopg
from cryptography.hazmat.primitives.asymmetric import ec

PUBLISHABLE = "sb_publishable_test"
SECRET = "sb_secret_test"
JWKS = "/auth/v1/.well-known/jwks.json"


class SigningKey:
    """A key pair with its id."""

    def __init__(self, key_id: str, curve: ec.EllipticCurve | None = None) -> None:
        self.key_id = key_id
        self.private = ec.generate_private_key(curve or ec.SECP256R1())

    def published(self) -> dict[str, Any]:
        jwk = json.loads(jwt.algorithms.ECAlgorithm.to_jwk(self.private.public_key()))
        return {**jwk, "kid": self.key_id, "use": "sig"}


class GoTrue(ThreadingHTTPServer):
    """The accounts of one project.

    Attributes:
        passwords: e-mail address -> password.
        admin_url: the database that it shares with the product; empty for none.
        confirms: whether an address that signs up has to be confirmed first.
        fault: what it answers instead of everything but its keys.
        asked: how often each path was asked for.
        api_keys: path -> the keys that were presented there.
    """

    daemon_threads = True

    def __init__(self, admin_url: str = "") -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.admin_url = admin_url
        self.signing = SigningKey("first")
        self.keys: dict[str, Any] = {"keys": [self.signing.published()]}
        self.users: dict[str, str] = {}
        self.passwords: dict[str, str] = {}
        self.unconfirmed: set[str] = set()
        self.refresh_tokens: dict[str, str] = {}
        self.confirms = False
        self.fault: tuple[int, bytes] | None = None
        self.keys_fault: tuple[int, bytes] | None = None
        self.asked: dict[str, int] = {}
        self.api_keys: dict[str, set[str]] = {}
        self.signed_out: list[str] = []
        self.lock = threading.Lock()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    @property
    def issuer(self) -> str:
        return f"{self.url}/auth/v1"

    def rotate(self, key_id: str, *, keep_old: bool) -> None:
        """Sign with a new key from now on, and publish the old one with it or not."""
        old = self.keys["keys"] if keep_old else []
        self.signing = SigningKey(key_id)
        self.keys = {"keys": [*old, self.signing.published()]}

    def claims(self, user_id: str, **changes: Any) -> dict[str, Any]:
        """Return the claims of a token made now; None takes one away."""
        now = datetime.now(UTC)
        claims = {
            "iss": self.issuer,
            "aud": "authenticated",
            "sub": user_id,
            "role": "authenticated",
            "iat": now,
            "exp": now + timedelta(hours=1),
            "is_anonymous": False,
            **changes,
        }
        return {name: value for name, value in claims.items() if value is not None}

    def token(self, user_id: str, key: SigningKey | None = None, **changes: Any) -> str:
        """Return an access token, signed with the present key unless another one is given."""
        signing = key or self.signing
        return jwt.encode(
            self.claims(user_id, **changes), signing.private, "ES256", headers={"kid": signing.key_id}
        )

    def add_user(self, email: str, password: str) -> str:
        """Make an account, in the shared database too when there is one."""
        user_id = str(uuid4())
        if self.admin_url:
            with psycopg.connect(self.admin_url) as connection:
                connection.execute("insert into auth.users (id, email) values (%s, %s)", [user_id, email])
        self.users[email], self.passwords[email] = user_id, password
        return user_id


class _Handler(BaseHTTPRequestHandler):
    server: GoTrue

    def do_GET(self) -> None:
        self._note()
        if urlsplit(self.path).path != JWKS:
            self._answer(404, b"{}")
        elif self.server.keys_fault is not None:
            self._answer(*self.server.keys_fault)
        else:
            self._answer(200, json.dumps(self.server.keys).encode())

    def do_POST(self) -> None:
        self._note()
        body = self.rfile.read(int(self.headers["Content-Length"] or 0))
        asked = json.loads(body) if body and body != b"null" else {}
        address = urlsplit(self.path)
        if self.server.fault is not None:
            self._answer(*self.server.fault)
            return
        with self.server.lock:
            self._act(address.path.removeprefix("/auth/v1/"), parse_qs(address.query), asked)

    def _act(self, what: str, query: dict[str, list[str]], asked: dict[str, Any]) -> None:
        if what == "logout":
            self.server.signed_out.append(self.headers["Authorization"] or "")
            self._answer(204, b"")
        elif what == "admin/users":
            self._admin(asked)
        elif what == "signup":
            self._sign_up(asked)
        elif query["grant_type"] == ["password"]:
            self._password(asked)
        else:
            email = self.server.refresh_tokens.pop(asked["refresh_token"], None)
            self._session(email) if email else self._refuse(400, "refresh_token_already_used")

    def _password(self, asked: dict[str, Any]) -> None:
        email = asked["email"]
        if self.server.passwords.get(email) != asked["password"]:
            self._refuse(400, "invalid_credentials")
        elif email in self.server.unconfirmed:
            self._refuse(400, "email_not_confirmed")
        else:
            self._session(email)

    def _admin(self, asked: dict[str, Any]) -> None:
        if self.headers["apikey"] != SECRET or self.headers["Authorization"] != f"Bearer {SECRET}":
            self._refuse(401, "not_admin")
        elif asked["email"] in self.server.passwords:
            self._refuse(422, "email_exists")
        elif len(asked["password"]) < 14:
            self._refuse(422, "weak_password")
        else:
            self.server.add_user(asked["email"], asked["password"])
            self._answer(200, json.dumps(self._user(asked["email"])).encode())

    def _sign_up(self, asked: dict[str, Any]) -> None:
        email = asked["email"]
        if len(asked["password"]) < 14:
            self._refuse(422, "weak_password")
        elif email in self.server.passwords:
            self._sign_up_again(email)
        else:
            self.server.add_user(email, asked["password"])
            if self.server.confirms:
                self.server.unconfirmed.add(email)
                self._answer(200, json.dumps(self._user(email)).encode())
            else:
                self._session(email)

    def _sign_up_again(self, email: str) -> None:
        """Where addresses are confirmed, nobody is told that there is such an account."""
        if not self.server.confirms:
            self._refuse(422, "user_already_exists")
            return
        user = self._user(email)
        if email not in self.server.unconfirmed:
            user |= {"id": str(uuid4()), "identities": []}
        self._answer(200, json.dumps(user).encode())

    def _session(self, email: str) -> None:
        refresh_token = str(uuid4())
        self.server.refresh_tokens[refresh_token] = email
        session = {
            "access_token": self.server.token(self.server.users[email]),
            "token_type": "bearer",
            "expires_in": 3600,
            "refresh_token": refresh_token,
            "user": self._user(email),
        }
        self._answer(200, json.dumps(session).encode())

    def _user(self, email: str) -> dict[str, Any]:
        user_id = self.server.users[email]
        identity = {
            "id": user_id,
            "identity_id": user_id,
            "user_id": user_id,
            "identity_data": {},
            "provider": "email",
            "created_at": "2026-11-12T08:00:00Z",
        }
        return {
            "id": user_id,
            "aud": "authenticated",
            "role": "authenticated",
            "email": email,
            "app_metadata": {},
            "user_metadata": {},
            "identities": [identity],
            "created_at": "2026-11-12T08:00:00Z",
        }

    def _refuse(self, status: int, code: str) -> None:
        body = {"code": code, "error_code": code, "message": "refused", "weak_password": {"reasons": []}}
        self._answer(status, json.dumps(body).encode())

    def _note(self) -> None:
        path = urlsplit(self.path).path
        self.server.asked[path] = self.server.asked.get(path, 0) + 1
        self.server.api_keys.setdefault(path, set()).add(self.headers["apikey"] or "")

    def _answer(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("X-Supabase-Api-Version", "2024-01-01")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class's name
        return


@contextmanager
def gotrue_server(admin_url: str = "") -> Iterator[GoTrue]:
    """Serve a project of its own until the end."""
    with GoTrue(admin_url) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
