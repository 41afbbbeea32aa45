"""Which addresses are spoken to."""

import pytest

from update_manifest import web
from update_manifest.errors import UpdateError, UpdateReason


@pytest.mark.parametrize(
    "url",
    ["https://updates.example.com/x", "http://127.0.0.1:80/x", "http://[::1]/x", "http://localhost:8/x"],
)
def test_safe_addresses(url: str) -> None:
    web.require_safe(url)


@pytest.mark.parametrize(
    "url",
    [
        "http://updates.example.com/x",
        "http://127.0.0.1.example.com/x",
        "http://127.0.0.1@example.com/x",
        "http://0.0.0.0/x",
        "ftp://127.0.0.1/x",
        "file:///x",
        "https:///x",
        "//updates.example.com/x",
        "https://[x/",
        "",
    ],
)
def test_unsafe_addresses(url: str) -> None:
    with pytest.raises(UpdateError) as refused:
        web.require_safe(url)
    assert refused.value.reason is UpdateReason.INSECURE_ADDRESS


def test_proxies_are_those_of_the_system_and_never_for_this_computer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("https_proxy", "http://proxy.example.com:3128")
    monkeypatch.setenv("no_proxy", "inside.example.com")
    assert web._proxy_for("https://updates.example.com/") == "http://proxy.example.com:3128"
    assert web._proxy_for("https://inside.example.com/") is None
    assert web._proxy_for("http://127.0.0.1/") is None


def test_the_systems_authorities_are_trusted_and_certificates_are_checked() -> None:
    context = web._authorities()
    assert context.check_hostname
    assert context.cert_store_stats()["x509_ca"] > 50
