"""Half pages and half PDFs are told from whole ones."""

import pytest

from agent_core.portal.documents import has_script, is_cut_off, is_left_open, is_whole_pdf

WHOLE = "<html><body><table><tr><td>Name<td>Kari</table></body></html>"


@pytest.mark.parametrize(
    "source",
    [
        WHOLE,
        WHOLE.upper(),
        "<table><tr><td>Name</table>",
        "<body><table></table>\n</html>",
        "<html><!-- <table> --><script>'<table>'</script></html>",
        "<html><tablesaw></html >",
        "",
    ],
)
def test_whole_pages(source: str) -> None:
    assert not is_cut_off(source)


@pytest.mark.parametrize("length", range(7, len(WHOLE) - len("</body></html>")))
def test_a_page_cut_anywhere_is_noticed(length: int) -> None:
    assert is_cut_off(WHOLE[:length])


def test_only_a_script_can_change_a_page_later() -> None:
    assert has_script("<script>x</script>")
    assert has_script("<body ONLOAD = 'x()'>")
    assert not has_script(WHOLE)


def test_whole_pdfs() -> None:
    assert is_whole_pdf(b"%PDF-1.4\n1 0 obj <</Type /Page>>\n%%EOF\n")
    assert is_whole_pdf(b"%PDF-1.5\n<</Count 2>>\n%%EOF")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"%PDF-1.4",
        b"%PDF-1.4 <</Type /Page>>",
        b"<html>%PDF-1.4 <</Type /Page>> %%EOF",
        b"%PDF-1.4 <</Type /Pages>> %%EOF",
        b"%PDF-1.4 <</Type /Page>> %%EOF" + b" " * 2000,
    ],
)
def test_half_pdfs(data: bytes) -> None:
    assert not is_whole_pdf(data)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<html><body><table></table>", True),
        ("<html><body><table></table></body>", False),
        ("<table></table>", False),
        ("<html><!-- </html> -->", True),
    ],
)
def test_a_document_is_left_open(source: str, expected: bool) -> None:
    assert is_left_open(source) is expected


def test_an_open_document_says_nothing_on_a_site_that_never_closes_them() -> None:
    source = "<html><body><table><tr><td>Name</table>"
    assert is_cut_off(source)
    assert not is_cut_off(source, site_leaves_open=True)
    assert is_cut_off("<html><body><table><tr><td>Name", site_leaves_open=True)


@pytest.mark.parametrize(
    "piece", ["<!--", "<script ", "<style ", "<meta ", "< ", "</script ", "<!-- <script "]
)
def test_a_hostile_page_is_read_in_one_pass(piece: str) -> None:
    # So many openings that never end: reading that looks for each end anew would not come back.
    source = piece * 100_000
    assert has_script(source) == ("<script" in source or " onx=" in source)
    assert not is_cut_off(source)


def test_what_is_not_shown_is_left_out_up_to_its_own_end() -> None:
    assert not is_cut_off("<table><!-- </table><table> --><STYLE><table></style ></table>")
    assert is_cut_off("<table><!-- </table> -->")
    assert is_cut_off("<!-- <table><script>")
