"""What a file holds, and which files are refused."""

import pytest
from reportlab.pdfgen.canvas import Canvas

from agent_core.errors import ResumeError
from agent_core.facts import pdf_file
from agent_core.facts.pdf_file import opened
from agent_core.facts.sheets import Sheet
from protocol.reasons import Reason
from tests.support.resume_pdf import pdf, resume


def sheets(data: bytes) -> list[Sheet]:
    with opened(data) as file:
        return list(file.sheets())


def refusal(data: bytes) -> Reason:
    with pytest.raises(ResumeError) as caught:
        sheets(data)
    return caught.value.reason


def test_words_and_their_places() -> None:
    (sheet,) = sheets(resume())
    name = next(word for word in sheet.words if word.text == "Kari")
    assert (sheet.number, sheet.width, sheet.height, sheet.turns) == (1, 600, 800, 0)
    assert abs(name.left - 180) < 1
    assert name.bottom < 760 < name.top < 771


def test_what_touches_is_one_word() -> None:
    def draw(canvas: Canvas) -> None:
        end = canvas.stringWidth("Of", "Helvetica", 12)
        canvas.setFont("Helvetica", 12)
        canvas.drawString(30, 700, "Of")
        canvas.drawString(30 + end, 700, "ficer")
        canvas.drawString(300, 700, "AB")

    (sheet,) = sheets(pdf(draw))
    assert [word.text for word in sheet.words] == ["Officer", "AB"]


def test_ruled_lines_and_frames_are_found_and_what_lies_behind_text_is_not() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.line(10, 500, 300, 500)
        canvas.line(10, 400, 10, 500)
        canvas.rect(50, 50, 100, 20)
        canvas.rect(300, 300, 100, 20, stroke=0, fill=1)

    (sheet,) = sheets(pdf(draw))
    across, down = sorted(line.y for line in sheet.across), sorted(line.x for line in sheet.down)
    assert all(abs(y - wanted) < 2 for y, wanted in zip(across, (50, 70, 500), strict=True))
    assert all(abs(x - wanted) < 2 for x, wanted in zip(down, (10, 50, 150), strict=True))


@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_a_page_that_is_shown_on_its_side_is_read_upright(rotation: int) -> None:
    (sheet,) = sheets(resume(page_rotation=rotation))
    (upright,) = sheets(resume())
    here, there = (sorted((word.text, round(word.left)) for word in page.words) for page in (sheet, upright))
    assert sheet.turns == (-rotation // 90) % 4
    assert here == there


def test_text_that_stands_on_its_side_is_read_upright() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.translate(500, 100)
        canvas.rotate(90)
        canvas.drawString(0, 0, "Present Rank")
        canvas.line(0, -5, 300, -5)

    (sheet,) = sheets(pdf(draw))
    first, second = sheet.words
    assert first.right < second.left
    assert abs(first.bottom - second.bottom) < 1
    assert len(sheet.across) == 1
    assert sheet.shown(second[1:5]).bottom > sheet.shown(first[1:5]).top  # type: ignore[arg-type]  # a tuple's part


def test_files_that_are_refused() -> None:
    assert refusal(b"") is Reason.RESUME_UNREADABLE
    assert refusal(b"<html>Login</html>") is Reason.RESUME_UNREADABLE
    assert refusal(resume()[:300]) is Reason.RESUME_UNREADABLE
    assert (
        refusal(pdf(lambda canvas: canvas.drawString(9, 9, "x"), password="secret"))
        is Reason.RESUME_ENCRYPTED
    )


def test_what_is_larger_than_a_resume_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    def pages(canvas: Canvas) -> None:
        for _ in range(61):
            canvas.drawString(9, 9, "x")
            canvas.showPage()

    assert refusal(pdf(pages)) is Reason.RESUME_TOO_LARGE
    monkeypatch.setattr(pdf_file, "MAX_CHARACTERS", 10)
    assert refusal(resume()) is Reason.RESUME_TOO_LARGE
    monkeypatch.setattr(pdf_file, "MAX_BYTES", 10)
    assert refusal(resume()) is Reason.RESUME_TOO_LARGE


def test_a_file_that_is_refused_does_not_hold_up_the_next_one() -> None:
    refusal(b"no PDF")
    assert sheets(resume())


def test_the_text_of_a_page_and_the_place_of_a_part() -> None:
    with opened(resume()) as file:
        (text,) = file.texts()
        begin = text.text.index("Kari")
        box = text.box(begin, begin + 3)
    assert abs(box.left - 180) < 1
    assert box.bottom < 760 < box.top
