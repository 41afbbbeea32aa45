"""A portal whose certificate nobody vouches for is named, and gets no password."""

import ssl
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import HTTPServer, SimpleHTTPRequestHandler
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from agent_core.portal.session import SeleniumPortalSession
from agent_core.ports import PortalCredentials, SessionState
from protocol.reasons import Reason
from tests.integration.portal.conftest import browser_in, settings_for


def self_signed(folder: Path) -> Path:
    """Write a key and a certificate that it signed itself, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    path = folder / "site.pem"
    path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + certificate.public_bytes(serialization.Encoding.PEM)
    )
    return path


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(self_signed(tmp_path))
    server = HTTPServer(("127.0.0.1", 0), SimpleHTTPRequestHandler)
    server.handle_error = lambda *_: None  # type: ignore[method-assign]  # the browser hangs up: that is the test
    server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield f"https://localhost:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_certificate_that_cannot_be_trusted_is_named(address: str, tmp_path: Path) -> None:
    settings = settings_for(f"{address}/login.php", f"{address}/dashboard.php")
    session = SeleniumPortalSession(
        lambda: settings, browser_in(tmp_path / "profiles"), lambda: datetime.now(UTC)
    )
    try:
        seen = session.start(PortalCredentials("user", "word", "0098"))
    finally:
        session.disconnect()
    assert (seen.state, seen.reason) == (SessionState.DISCONNECTED, Reason.PORTAL_CERTIFICATE)
