"""What every answer carries for the browser: no sniffing, no framing, and what a page may load."""

from flask import Flask, Response

_ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Cache-Control": "no-store",
}

_PAGE = {
    "default-src": "'none'",
    "script-src": "'self' 'wasm-unsafe-eval'",  # pdf.js decodes images in WebAssembly
    "style-src": "'self' 'unsafe-inline'",  # Mantine sets its variables in style elements
    "img-src": "'self' data: blob:",
    "font-src": "'self' data:",
    "connect-src": "'self' blob:",
    "worker-src": "'self' blob:",
    "manifest-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'none'",
    "frame-ancestors": "'none'",
}

PAGE_POLICY = "; ".join(f"{what} {where}" for what, where in _PAGE.items())
"""The Content-Security-Policy of the web UI's pages."""


def register(app: Flask) -> None:
    """Add the headers to every answer of ``app`` that has none of its own."""

    def finish(response: Response) -> Response:
        for name, value in _ALWAYS.items():
            response.headers.setdefault(name, value)
        return response

    app.after_request(finish)
