"""Supabase Storage's routes for one private bucket, as its documents and its public server describe them.

What it is strict about: the secret key, the token of a link (signature, path, time), that a link replaces
nothing, names of objects, the bucket's size and type. Every refusal is HTTP 400 with the true status in the
body, as Storage answers. What stays unproven until it runs against a hosted project: its gateway, its own
row-level security, CORS, and the resumable protocol, which we do not use.
"""

import re
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

import jwt
from flask import Flask, Response, jsonify, request

BUCKET = "resumes"
UPLOAD_SECONDS = 7200
_NAME = re.compile(r"[\w/!\-.*'() &$@=;:+,?]+", re.ASCII)


@dataclass
class StoredFile:
    data: bytes
    mime: str
    at: datetime


@dataclass
class StorageServer:
    """The bucket, and the server's own clock.

    Attributes:
        later_by: seconds that the server's clock is ahead; a test moves it instead of waiting.
    """

    key: str = field(default_factory=lambda: f"sb_secret_{secrets.token_urlsafe(18)}")
    size_limit: int = 25 * 1024 * 1024
    later_by: float = 0.0
    files: dict[str, StoredFile] = field(default_factory=dict)
    is_down: bool = False
    _jwt_secret: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def now(self) -> float:
        return time.time() + self.later_by

    def token(self, name: str, seconds: int) -> str:
        claims = {"url": f"{BUCKET}/{name}", "iat": int(self.now()), "exp": int(self.now()) + seconds}
        return jwt.encode(claims, self._jwt_secret, algorithm="HS256")

    def check_token(self, token: str, name: str) -> None:
        options: Any = {"verify_exp": False, "verify_iat": False}
        try:
            claims = jwt.decode(token, self._jwt_secret, algorithms=["HS256"], options=options)
        except jwt.InvalidTokenError as error:
            raise Refusal("400", "InvalidJWT", "jwt malformed") from error
        if claims["url"] != f"{BUCKET}/{name}":
            raise Refusal("400", "InvalidSignature", "The url do not match the signature")
        if claims["exp"] < self.now():
            raise Refusal("400", "InvalidJWT", "jwt expired")

    def check_key(self) -> None:
        if "Authorization" not in request.headers:
            raise Refusal("400", "Error", "headers must have required property 'authorization'")
        sent = (request.headers.get("apikey"), request.headers["Authorization"])
        if sent != (self.key, f"Bearer {self.key}"):
            raise Refusal("403", "Unauthorized", "Invalid Compact JWS")

    def find(self, name: str) -> StoredFile:
        found = self.files.get(name)
        if found is None:
            raise Refusal("404", "not_found", "Object not found")
        return found

    def keep(self, name: str, data: bytes, mime: str, *, replace: bool) -> None:
        if not _NAME.fullmatch(name):
            raise Refusal("400", "InvalidKey", f"Invalid key: {name}")
        if mime != "application/pdf":
            raise Refusal("415", "invalid_mime_type", f"mime type {mime} is not supported")
        if len(data) > self.size_limit:
            raise Refusal("413", "Payload too large", "The object exceeded the maximum allowed size")
        with self._lock:
            if name in self.files and not replace:
                raise Refusal("409", "Duplicate", "The resource already exists")
            self.files[name] = StoredFile(data, mime, datetime.fromtimestamp(self.now(), UTC))


class Refusal(Exception):  # noqa: N818 - what the server says
    def __init__(self, status: str, error: str, message: str) -> None:
        super().__init__(message)
        self.body = {"statusCode": status, "error": error, "message": message}


def storage_app(server: StorageServer) -> Flask:
    """Return the server's routes below ``/storage/v1``."""
    app = Flask("supabase-storage", static_folder=None)
    app.url_map.strict_slashes = False

    @app.before_request
    def _fail_when_down() -> Response | None:
        return Response("upstream", 503) if server.is_down else None

    @app.errorhandler(Refusal)
    def _refuse(error: Refusal) -> tuple[Response, int]:
        return jsonify(error.body), 400

    _add_links(app, server)
    _add_objects(app, server)
    _add_lists(app, server)
    return app


def _route(app: Flask, method: str, path: str) -> Callable[[Any], Any]:
    return app.route(f"/storage/v1/object/{path}", methods=[method])


def _add_links(app: Flask, server: StorageServer) -> None:
    @_route(app, "POST", f"upload/sign/{BUCKET}/<path:name>")
    def sign_upload(name: str) -> Response:
        server.check_key()
        if name in server.files and request.headers.get("x-upsert") != "true":
            raise Refusal("409", "Duplicate", "The resource already exists")
        token = server.token(name, UPLOAD_SECONDS)
        return jsonify({"url": f"/object/upload/sign/{BUCKET}/{name}?token={token}", "token": token})

    @_route(app, "PUT", f"upload/sign/{BUCKET}/<path:name>")
    def upload_signed(name: str) -> Response:
        server.check_token(request.args.get("token", ""), name)
        server.keep(name, request.get_data(), request.mimetype, replace=False)
        return jsonify({"Key": f"{BUCKET}/{name}"})

    @_route(app, "POST", f"sign/{BUCKET}/<path:name>")
    def sign(name: str) -> Response:
        server.check_key()
        server.find(name)
        token = server.token(name, int(request.get_json()["expiresIn"]))
        return jsonify({"signedURL": f"/object/sign/{BUCKET}/{name}?token={token}"})

    @_route(app, "GET", f"sign/{BUCKET}/<path:name>")
    def open_signed(name: str) -> Response:
        server.check_token(request.args.get("token", ""), name)
        return _answer(server.find(name))


def _add_objects(app: Flask, server: StorageServer) -> None:
    @_route(app, "GET", f"{BUCKET}/<path:name>")
    def download(name: str) -> Response:
        server.check_key()
        return _answer(server.find(name))

    @_route(app, "POST", f"{BUCKET}/<path:name>")
    def upload(name: str) -> Response:
        server.check_key()
        sent = request.files["file"]
        replace = request.headers.get("x-upsert") == "true"
        server.keep(name, sent.read(), sent.mimetype, replace=replace)
        return jsonify({"Key": f"{BUCKET}/{name}", "Id": secrets.token_hex(16)})

    @_route(app, "GET", f"info/{BUCKET}/<path:name>")
    def info(name: str) -> Response:
        server.check_key()
        return jsonify({"name": name, "size": len(server.find(name).data)})

    @_route(app, "DELETE", BUCKET)
    def remove() -> Response:
        server.check_key()
        names = [name for name in request.get_json()["prefixes"] if server.files.pop(name, None)]
        return jsonify([{"name": name, "bucket_id": BUCKET} for name in names])


def _add_lists(app: Flask, server: StorageServer) -> None:
    @_route(app, "POST", f"list-v2/{BUCKET}")
    def list_objects() -> Response:
        server.check_key()
        wanted = request.get_json()
        after, limit = wanted.get("cursor", ""), min(wanted.get("limit", 1000), 1000)
        names = sorted(n for n in server.files if n.startswith(wanted.get("prefix", "")) and n > after)
        page = [_listed(name, server.files[name]) for name in names[:limit]]
        answer: dict[str, object] = {"hasNext": len(names) > limit, "folders": [], "objects": page}
        return jsonify(answer | ({"nextCursor": names[limit - 1]} if len(names) > limit else {}))


def _listed(name: str, file: StoredFile) -> dict[str, object]:
    at = file.at.isoformat()
    metadata = {"size": len(file.data), "mimetype": file.mime}
    return {"id": name, "name": name, "updated_at": at, "created_at": at, "metadata": metadata}


def _answer(file: StoredFile) -> Response:
    response = Response(file.data, mimetype=file.mime)
    if "download" in request.args:
        name = quote(request.args["download"], safe="")
        response.headers["Content-Disposition"] = f"attachment; filename={name}; filename*=UTF-8''{name};"
    return response
