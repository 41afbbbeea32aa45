from protocol.reasons import Reason
from tools.reasons_page import render


def test_every_reason_is_on_the_page_once() -> None:
    page = render()
    for reason in Reason:
        assert page.count(f"| `{reason.value}` | {reason.sentence} | {reason.next_step} |") == 1


def test_a_phase_has_one_heading() -> None:
    headings = [line for line in render().splitlines() if line.startswith("## ")]
    assert len(headings) == len(set(headings))
