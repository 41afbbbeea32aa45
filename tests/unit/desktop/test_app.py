import pytest

from desktop.app import RUNNING_JOB, may_close


class Agent:
    def __init__(self, downloading: bool) -> None:
        self.downloading = downloading

    def launch_url(self) -> str:
        return "http://127.0.0.1:1/app/#code=x"

    def is_downloading(self) -> bool:
        return self.downloading


def test_an_idle_window_closes_without_a_question() -> None:
    def never(question: str) -> bool:
        raise AssertionError(question)

    assert may_close(Agent(downloading=False), never)


@pytest.mark.parametrize("answer", [True, False])
def test_a_running_download_is_not_stopped_without_asking(answer: bool) -> None:
    asked: list[str] = []

    def ask(question: str) -> bool:
        asked.append(question)
        return answer

    assert may_close(Agent(downloading=True), ask) is answer
    assert asked == [RUNNING_JOB]
