"""A cloud that works, on a real socket, and can be made to misbehave.

It keeps what the protocol promises: an event counts once, a refresh token is used once, bytes are hashed
before they count as stored. ``faults`` are used up one a request, first those in front.
"""

import json
import sys
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from uuid import uuid4

from protocol.problems import PROBLEM_MEDIA_TYPE, problem
from protocol.reasons import Reason

DEVICE_ID = "5b0f5d8e-3f0a-4f7b-8a50-6f4c6f9d0001"
ORGANISATION_ID = "5f0c1c86-6c0a-4f0f-9d4e-6a4f3c1b2a10"
DEVICE_TOKEN = "njd_canary_device_token"
INVITATION = "nji_canary-invitation"
PERSON = {"email": "kari@example.com", "password": "canary-person-password"}
REASONS = {reason.value: reason for reason in Reason}
ME = {
    "user_id": "0b4f6a1e-58a1-4c7e-9d7a-0d5c0c2f7a11",
    "email": "kari@example.com",
    "full_name": "Kari Testmann",
    "role": "recruiter",
}


@dataclass
class CloudState:
    """What the cloud holds, and what is to go wrong next."""

    url: str = ""
    events: dict[str, dict[str, Any]] = field(default_factory=dict)
    order: list[str] = field(default_factory=list)
    batches: list[int] = field(default_factory=list)
    objects: dict[str, bytes] = field(default_factory=dict)
    confirmed: set[str] = field(default_factory=set)
    wants_bytes: bool = True
    rejects: dict[str, Reason | str] = field(default_factory=dict)
    faults: deque[str] = field(default_factory=deque)
    revoked: bool = False
    down: bool = False
    access: set[str] = field(default_factory=set)
    refresh: set[str] = field(default_factory=set)
    commands: list[dict[str, Any]] = field(default_factory=list)
    uploads_wanted: bool = False
    answers: list[tuple[str, str, str]] = field(default_factory=list)
    heartbeats: list[dict[str, Any]] = field(default_factory=list)
    registrations: list[dict[str, Any]] = field(default_factory=list)
    seen_headers: list[dict[str, str]] = field(default_factory=list)
    refreshes: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)


class RefusedError(Exception):
    def __init__(self, reason: Reason, status: int) -> None:
        super().__init__(reason)
        self.reason = reason
        self.status = status


class _Server(ThreadingHTTPServer):
    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of a sender that is gone; anything else is a fault of this simulator."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]  # the base class's own


@contextmanager
def running_cloud() -> Iterator[CloudState]:
    state = CloudState()
    handler = type("Handler", (_Handler,), {"state": state})
    server = _Server(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    state.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield state
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    state: CloudState
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # an answer in two parts would wait for the other side's delayed receipt

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        self._handle()

    def do_POST(self) -> None:
        self._handle()

    def do_PUT(self) -> None:
        self._handle()

    def _handle(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        self.body = self.rfile.read(length)
        if len(self.body) < length:  # the sender is gone, and half a request is none
            self.close_connection = True
            return
        with self.state.lock:
            self.state.seen_headers.append(dict(self.headers))
            fault = self.state.faults.popleft() if self.state.faults else ""
        if fault == "drop before" or self.state.down:
            self.close_connection = True
        elif fault.isdigit():
            self._send(int(fault), b"<html>an error page</html>", "text/html")
        elif fault in REASONS:
            self._refuse(REASONS[fault], 400)
        elif fault == "garbage":
            self._send(200, b'{"half": ', "application/json")
        else:
            self._do(fault)

    def _do(self, fault: str) -> None:
        try:
            with self.state.lock:
                answer = self._answer()
        except RefusedError as refusal:
            self._refuse(refusal.reason, refusal.status)
            return
        if fault == "drop after":
            self.close_connection = True
        elif isinstance(answer, bytes):
            self._send(200, answer, "text/event-stream")
        else:
            self._send(200, json.dumps(answer).encode(), "application/json")

    def _answer(self) -> Any:
        state, path = self.state, self.path.partition("?")[0]
        if path == "/api/health":
            return {"status": "ok"}
        if path == "/api/device/register":
            state.registrations.append(self._json())
            if self._json()["pairing_code"] != "GOOD-CODE":
                raise RefusedError(Reason.DEVICE_PAIRING_CODE, 422)
            return {
                "device_id": DEVICE_ID,
                "device_token": DEVICE_TOKEN,
                "organisation_id": ORGANISATION_ID,
                "organisation_name": "Test Office",
                "user_id": str(uuid4()),
                "user_email": PERSON["email"],
            }
        if path.startswith("/api/objects/"):
            state.objects[path.rpartition("/")[2]] = self.body
            return {}
        if path.startswith("/api/auth/"):
            return self._auth(path)
        return self._of_a_device(path) if path.startswith(DEVICE_PREFIXES) else self._person(path)

    def _of_a_device(self, path: str) -> Any:
        if path.startswith("/api/device/commands/"):
            return self.answer_command(path)
        if path not in DEVICE_PATHS:
            return self._person(path)
        self._device()
        return DEVICE_PATHS[path](self)

    def _auth(self, path: str) -> Any:
        state = self.state
        if path.endswith("sign-in"):
            if self._json() != PERSON:
                raise RefusedError(Reason.AUTH_WRONG_CREDENTIALS, 401)
        elif path.endswith(("join", "invitation")):
            if self._json()["invitation_token"] != INVITATION:
                raise RefusedError(Reason.INVITATION_NOT_VALID, 422)
            if path.endswith("invitation"):
                return {"organisation_name": "Test Office", "email": PERSON["email"], "role": "recruiter"}
        else:
            token = self._json()["refresh_token"]
            if token not in state.refresh:
                raise RefusedError(Reason.AUTH_TOKEN_INVALID, 401)
            state.refresh.discard(token)
        if path.endswith("sign-out"):
            state.access.clear()
            return {}
        state.refreshes += path.endswith("refresh")
        access, refresh = f"canary-access-{uuid4()}", f"canary-refresh-{uuid4()}"
        state.access.add(access)
        state.refresh.add(refresh)
        return {"access_token": access, "refresh_token": refresh, "expires_in": 3600, "me": ME}

    def _device(self) -> None:
        if self.headers.get("Authorization") != f"Bearer {DEVICE_TOKEN}" or self.state.revoked:
            raise RefusedError(Reason.DEVICE_REVOKED, 401)

    def _person(self, path: str) -> Any:
        if self.headers.get("Authorization", "").removeprefix("Bearer ") not in self.state.access:
            raise RefusedError(Reason.AUTH_TOKEN_EXPIRED, 401)
        if path == "/api/me":
            return ME
        if path.endswith("/stream"):
            return b"id: 1\nevent: line\ndata: {}\n\n"
        if path.endswith("/link"):
            return {"url": f"{self.state.url}/api/objects/k?signature=s", "filename": "a.pdf"}
        return {"path": self.path, "body": self.body.decode(), "method": self.command}

    def heartbeat(self) -> Any:
        self.state.heartbeats.append(self._json())
        return {"server_time": "2026-11-12T08:00:00Z"}

    def claim(self) -> Any:
        """Hand out what was not answered; the question is never held."""
        answered = {command_id for command_id, _, _ in self.state.answers}
        left = [each for each in self.state.commands if each["command_id"] not in answered]
        return {
            "commands": left,
            "uploads_wanted": self.state.uploads_wanted,
            "again_after_seconds": 0.05,
        }

    def answer_command(self, path: str) -> Any:
        self._device()
        command_id, _, verb = path.removeprefix("/api/device/commands/").partition("/")
        reason = self._json()["reason"] if verb == "refuse" else ""
        self.state.answers.append((command_id, verb, reason))
        return {}

    def ingest(self) -> Any:
        events = self._json()["events"]
        self.state.batches.append(len(events))
        return {"verdicts": [self._verdict(event) for event in events]}

    def _verdict(self, event: dict[str, Any]) -> dict[str, Any]:
        state, event_id = self.state, event["event_id"]
        reason = state.rejects.get(event_id) or state.rejects.get(event["type"])
        if reason is not None:
            return {"event_id": event_id, "verdict": "rejected", "reason": str(reason), "detail": "rule"}
        known = state.events.setdefault(event_id, event)
        if known is not event:
            return {"event_id": event_id, "verdict": "duplicate"}
        state.order.append(event_id)
        wanted = event["type"] == "resume_downloaded" and state.wants_bytes
        return {"event_id": event_id, "verdict": "accepted", "upload_wanted": wanted}

    def upload_link(self) -> Any:
        key = self._json()["file_sha256"]
        if key in self.state.confirmed:
            return {"already_stored": True}
        return {"url": f"{self.state.url}/api/objects/{key}", "headers": {"Content-Type": "application/pdf"}}

    def uploaded(self) -> Any:
        key = self._json()["file_sha256"]
        data = self.state.objects.get(key)
        if data is None:
            raise RefusedError(Reason.UPLOAD_MISSING, 409)
        if sha256(data).hexdigest() != key:
            raise RefusedError(Reason.UPLOAD_CHECKSUM, 409)
        self.state.confirmed.add(key)
        return {"upload_status": "uploaded"}

    def _json(self) -> Any:
        return json.loads(self.body)

    def _refuse(self, reason: Reason, status: int) -> None:
        body = problem(reason, status).model_dump_json().encode()
        self._send(status, body, PROBLEM_MEDIA_TYPE)

    def _send(self, status: int, body: bytes, media_type: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", media_type)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Set-Cookie", "not=for-the-page")
        self.end_headers()
        self.wfile.write(body)


DEVICE_PATHS = {
    "/api/device/commands": _Handler.claim,
    "/api/device/heartbeat": _Handler.heartbeat,
    "/api/events/candidate": _Handler.ingest,
    "/api/resumes/upload-link": _Handler.upload_link,
    "/api/resumes/uploaded": _Handler.uploaded,
}
DEVICE_PREFIXES = tuple({*DEVICE_PATHS, "/api/device/commands/"})
