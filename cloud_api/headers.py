"""What every answer tells a browser: no sniffing, framing or caching, and CORS for one exact origin."""

from flask import Flask, Response, request

from cloud_api.request_log import TRACE_HEADER

_ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-store",
}
_ALLOWED_METHODS = "GET, POST, PUT, PATCH, DELETE"
_ALLOWED_HEADERS = f"Authorization, Content-Type, Last-Event-ID, {TRACE_HEADER}"
_PREFLIGHT_SECONDS = "600"


def register(app: Flask, allowed_origin: str) -> None:
    """Add the headers to every answer of ``app``.

    Args:
        app: the application.
        allowed_origin: the one origin whose pages may call this API from elsewhere, such as
            ``https://office.example.com``; empty for none. No credentials are ever allowed: the
            token travels in a header that a page sets itself.
    """
    app.before_request(lambda: _preflight(allowed_origin))

    def finish(response: Response) -> Response:
        for name, value in _ALWAYS.items():
            response.headers.setdefault(name, value)
        return _with_cors(response, allowed_origin)

    app.after_request(finish)


def _preflight(allowed_origin: str) -> Response | None:
    asked = request.method == "OPTIONS" and "Access-Control-Request-Method" in request.headers
    if not asked or not allowed_origin or request.headers.get("Origin") != allowed_origin:
        return None
    response = Response(status=204)
    response.headers["Access-Control-Allow-Methods"] = _ALLOWED_METHODS
    response.headers["Access-Control-Allow-Headers"] = _ALLOWED_HEADERS
    response.headers["Access-Control-Max-Age"] = _PREFLIGHT_SECONDS
    return response


def _with_cors(response: Response, allowed_origin: str) -> Response:
    if not allowed_origin:
        return response
    response.vary.add("Origin")
    if request.headers.get("Origin") == allowed_origin:
        response.headers["Access-Control-Allow-Origin"] = allowed_origin
        response.headers["Access-Control-Expose-Headers"] = f"{TRACE_HEADER}, Content-Disposition"
    return response
