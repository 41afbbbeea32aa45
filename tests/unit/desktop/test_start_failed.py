"""The page of a start that failed: its words, its buttons, and who may press them."""

import http.client
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest

from desktop.start_failed import Buttons, StartFailedPage
from protocol.reasons import Reason


class Person:
    """What the buttons did."""

    def __init__(self) -> None:
        self.pressed: list[str] = []

    def retry(self) -> str:
        self.pressed.append("retry")
        return "It could not start this time either."

    def anew(self) -> str:
        self.pressed.append("anew")
        return "The old records are kept"

    def logs(self) -> str:
        self.pressed.append("logs")
        return "They are in <here>"

    def diagnostics(self) -> str:
        self.pressed.append("diagnostics")
        return "Copied"


@pytest.fixture
def person() -> Person:
    return Person()


@pytest.fixture
def page(person: Person) -> Iterator[StartFailedPage]:
    served = StartFailedPage(
        Buttons(
            lambda: Reason.SETTINGS_UNREADABLE, person.retry, person.anew, person.logs, person.diagnostics
        )
    )
    served.start()
    yield served
    served.stop()


def call(url: str, method: str = "GET", host: str | None = None) -> tuple[int, str]:
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.netloc, timeout=20)
    connection.request(method, parts.path, headers={"Host": host or parts.netloc})
    answer = connection.getresponse()
    found = (answer.status, answer.read().decode())
    connection.close()
    return found


def test_the_reason_is_said_in_words(page: StartFailedPage) -> None:
    status, text = call(page.url)
    assert status == 200
    assert Reason.SETTINGS_UNREADABLE.sentence in text
    assert Reason.SETTINGS_UNREADABLE.next_step in text
    assert "<script" not in text


def test_only_damaged_records_can_be_begun_anew(person: Person) -> None:
    why = [Reason.SETTINGS_UNREADABLE]
    served = StartFailedPage(
        Buttons(lambda: why[0], person.retry, person.anew, person.logs, person.diagnostics)
    )
    served.start()
    try:
        assert "Begin anew" not in call(served.url)[1]
        why[0] = Reason.AGENT_STORE_DAMAGED
        assert "Begin anew, keep the old records" in call(served.url)[1]
        assert "are kept" in call(served.url + "anew", "POST")[1]
    finally:
        served.stop()
    assert person.pressed == ["anew"]


def test_the_buttons_do_what_they_say(page: StartFailedPage, person: Person) -> None:
    assert "They are in &lt;here&gt;" in call(page.url + "logs", "POST")[1]
    assert "Copied" in call(page.url + "diagnostics", "POST")[1]
    assert "not start this time either" in call(page.url + "retry", "POST")[1]
    assert call(page.url + "format_disk", "POST")[0] == 200
    assert person.pressed == ["logs", "diagnostics", "retry"]


def test_nobody_else_gets_an_answer(page: StartFailedPage, person: Person) -> None:
    root = page.url.rsplit("/", 2)[0]
    for url in (f"{root}/", f"{root}/wrong/", f"{root}/wrong/retry"):
        assert call(url, "POST")[0] == 404
    assert call(page.url + "retry", "POST", host="evil.example.com")[0] == 404
    assert person.pressed == []
