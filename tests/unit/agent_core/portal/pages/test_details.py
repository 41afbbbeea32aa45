"""Which link of a person's page leads to the resume."""

from agent_core.portal.pages.details import Link, resume_link

DETAILS = "http://portal.example/company/view_cand_details.php?cand_id=MDA0Mg=="
HERE = "http://portal.example/company"


def link(
    place: int, href: str | None, words: str = "", *, visible: bool = True, mentions: bool = False
) -> Link:
    return Link(place, href, words, visible, mentions)


def test_by_its_address() -> None:
    wanted = link(1, f"{HERE}/download.php?id=1", "get it")
    assert resume_link([link(0, f"{HERE}/help.php", "Download our app"), wanted], DETAILS) == wanted


def test_by_its_words_in_any_case() -> None:
    wanted = link(1, None, "Download  PDF".replace("  ", " "))
    assert resume_link([link(0, f"{HERE}/pdf.php", "PDF"), wanted], DETAILS) == wanted


def test_the_one_that_names_the_person_goes_first() -> None:
    wanted = link(1, f"{HERE}/download.php?cand_id=MDA0Mg==", "here")
    other = link(0, f"{HERE}/download.php?cand_id=MTIz", "DOWNLOAD PDF")
    assert resume_link([other, wanted], DETAILS) == wanted


def test_the_one_that_can_be_seen_goes_first() -> None:
    hidden = link(0, f"{HERE}/download.php?id=1", "DOWNLOAD PDF", visible=False)
    wanted = link(1, f"{HERE}/download.php?id=2", "DOWNLOAD PDF")
    assert resume_link([hidden, wanted], DETAILS) == wanted


def test_a_link_to_another_site_is_never_it() -> None:
    assert resume_link([link(0, "http://advert.example/download.php", "DOWNLOAD PDF")], DETAILS) is None


def test_a_script_may_name_it() -> None:
    wanted = link(1, None, "Curriculum", mentions=True)
    assert resume_link([link(0, None, "Download app"), wanted], DETAILS) == wanted
    assert wanted.address is None


def test_there_may_be_none() -> None:
    assert resume_link([], DETAILS) is None
    assert resume_link([link(0, f"{HERE}/print.php", "Download statistics")], DETAILS) is None
