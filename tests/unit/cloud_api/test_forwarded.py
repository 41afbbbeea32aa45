import pytest
from flask import Flask, request

from cloud_api.forwarded import address_in, behind_proxies


@pytest.mark.parametrize(
    ("entry", "address"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("192.0.2.7:5678", "192.0.2.7"),
        (" 192.0.2.7:5678 ", "192.0.2.7"),
        ("2001:db8::1", "2001:db8::1"),
        ("[2001:DB8::1]", "2001:db8::1"),
        ("[2001:db8::1]:443", "2001:db8::1"),
        ("fe80::1%eth0", "fe80::1"),
        ("", ""),
        ("unknown", ""),
        ("_hidden", ""),
        ("192.0.2.7:", ""),
        ("192.0.2.7:port", ""),
        ("192.0.2.7:123456", ""),
        ("192.0.2.7:5678:9", ""),
        ("192.0.2.7:\u0661", ""),
        ("192.0.2.700:80", ""),
        ("host.example:80", ""),
        ("[192.0.2.7:80", ""),
        ("[2001:db8::1]443", ""),
        ("192.0.2.7\n", "192.0.2.7"),
        ("192.0.2.7 or so", ""),
    ],
)
def test_an_entry_is_read_as_its_address(entry: str, address: str) -> None:
    assert address_in(entry) == address


def seen_by(proxies: int, forwarded: str | None) -> str:
    app = Flask("test")
    app.add_url_rule("/", "address", lambda: request.remote_addr or "")
    app.wsgi_app = behind_proxies(app.wsgi_app, proxies)  # type: ignore[method-assign]  # how Flask documents a middleware
    headers = {} if forwarded is None else {"X-Forwarded-For": forwarded}
    answer = app.test_client().get("/", headers=headers, environ_base={"REMOTE_ADDR": "203.0.113.1"})
    return answer.get_data(as_text=True)


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (1, "192.0.2.7:5678", "192.0.2.7"),
        (1, "198.51.100.9:1, [2001:db8::1]:443", "2001:db8::1"),
        (2, "198.51.100.9, 192.0.2.7:1, 192.0.2.8:2", "192.0.2.7"),
        (1, "192.0.2.7, nonsense", "203.0.113.1"),
        (2, "192.0.2.7:1", "203.0.113.1"),
        (1, None, "203.0.113.1"),
    ],
)
def test_only_an_address_that_a_trusted_proxy_wrote_is_taken(
    proxies: int, forwarded: str | None, address: str
) -> None:
    assert seen_by(proxies, forwarded) == address
