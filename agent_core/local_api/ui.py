"""The web UI's files under ``/app/``, and what they are told of this computer in ``config.json``.

Hashed files are kept by the browser for good, pages are asked for again each time. An address of the UI that
is no file is a page of it; one that looks like a file is not found.
"""

import mimetypes
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from apiflask import APIBlueprint
from flask import Response, jsonify, redirect, send_file
from werkzeug.security import safe_join

from agent_core.errors import RequestError
from agent_core.local_api.headers import PAGE_POLICY
from protocol.reasons import Reason

_FOR_GOOD = "public, max-age=31536000, immutable"
_TYPES = {
    ".js": "text/javascript",
    ".mjs": "text/javascript",
    ".css": "text/css",
    ".wasm": "application/wasm",
}
"""Windows may have other types for these in its registry, and browsers refuse scripts of a wrong type."""


def blueprint(folder: Path | None, demo: Mapping[str, object] | None) -> APIBlueprint:
    """Make the routes.

    Args:
        folder: the built web UI; without one there are no pages.
        demo: hints for somebody who tries the demo, handed on as they are.
    """
    routes = APIBlueprint("ui", __name__, enable_openapi=False)
    config: dict[str, Any] = {
        "mode": "agent",
        "api_base_url": "",
        "demo": None if demo is None else dict(demo),
    }

    @routes.get("/")
    def root() -> Any:
        return redirect("/app/")

    @routes.get("/app/config.json")
    def config_json() -> Response:
        return jsonify(config)

    @routes.get("/app/", defaults={"path": ""})
    @routes.get("/app/<path:path>")
    def page(path: str) -> Response:
        return _file(folder, path)

    return routes


def _file(folder: Path | None, path: str) -> Response:
    found = None if folder is None else find(folder, path)
    if found is None:
        raise RequestError(Reason.REQUEST_NOT_FOUND)
    response = send_file(found, mimetype=type_of(found), conditional=True)
    response.headers["Cache-Control"] = _FOR_GOOD if path.startswith("assets/") else "no-cache"
    response.headers["Content-Security-Policy"] = PAGE_POLICY
    return response


def find(folder: Path, path: str) -> Path | None:
    """Return the file of an address below ``/app/``; never one outside the folder."""
    try:
        return _find(folder, path)
    except (OSError, ValueError):
        return None  # no file can have such a name


def _find(folder: Path, path: str) -> Path | None:
    joined = safe_join(str(folder), path) if path else None
    if path and joined is None:
        return None
    if joined is not None and Path(joined).is_file():
        inside = Path(joined).resolve().is_relative_to(folder.resolve())
        return Path(joined) if inside else None
    index = folder / "index.html"
    return index if not PurePosixPath(path).suffix and index.is_file() else None


def type_of(file: Path) -> str:
    """Return the media type of a file by its name."""
    return _TYPES.get(file.suffix) or mimetypes.guess_type(file.name)[0] or "application/octet-stream"
