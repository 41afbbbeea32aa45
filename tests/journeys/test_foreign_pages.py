"""A web page of another origin, a wrong Host and a missing token get nothing from the agent."""

import http.server
import threading
from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import sync_playwright

from protocol.reasons import Reason
from tests.support.browser import chromium_arguments, chromium_path
from tests.support.product import Product
from tests.support.recruiter import sit_down

PATHS = (
    "/health",
    "/settings",
    "/session",
    "/jobs",
    "/outbox",
    "/portal/account",
    "/api/me",
    "/api/dashboard/data",
)
ASK = """async ([url, options]) => {
    try {
        const answer = await fetch(url, options);
        return {type: answer.type, text: await answer.text()};
    } catch (error) { return {type: 'error', text: ''}; }
}"""


@pytest.fixture
def foreign_page() -> Iterator[str]:
    class Handler(http.server.SimpleHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(b"<!doctype html><title>Elsewhere</title>")

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class names it
            del format, args

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


def test_a_page_of_another_origin_a_wrong_host_and_a_missing_token_get_nothing(
    product: Product, foreign_page: str
) -> None:
    agent = product.computer("desk")
    address = f"http://127.0.0.1:{agent.port}"
    with sit_down(agent) as api, sync_playwright() as playwright:
        token = api.session_token
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=chromium_arguments())
        page = browser.new_page()
        page.goto(foreign_page)
        for path in PATHS:
            plain = page.evaluate(ASK, [address + path, {}])
            assert plain == {"type": "error", "text": ""}, path
            with_token = {"headers": {"Authorization": f"Bearer {token}"}}
            assert page.evaluate(ASK, [address + path, with_token])["type"] == "error", path
            blind = page.evaluate(ASK, [address + path, {"mode": "no-cors"}])
            assert blind["text"] == "", path
        browser.close()

    for path in PATHS:
        missing = httpx.get(address + path)
        assert (missing.status_code, missing.json()["reason"]) == (401, Reason.AGENT_SESSION_REQUIRED.value)
        wrong_host = httpx.get(
            address + path,
            headers={"Host": f"njordhr.example.com:{agent.port}", "Authorization": f"Bearer {token}"},
        )
        assert (wrong_host.status_code, wrong_host.json()["reason"]) == (403, Reason.AGENT_FOREIGN_PAGE.value)
