"""The digest of content: the same when nothing but the portal's own marks changed."""

from hypothesis import given
from hypothesis import strategies as st

from agent_core.facts.normalise import content_digest, normalise

RESUME = "Name\tKari Example\nPresent Rank\t2nd Officer"


def test_what_changes_each_time_does_not_count() -> None:
    first = f"Download on 12-Nov-2026 08:00\n{RESUME}\nLast Login: yesterday"
    second = f"Download on 13-Nov-2026 09:30\n\n{RESUME}\nLast login: today\nDownloaded by Office AS"
    assert content_digest(first) == content_digest(second) == content_digest(RESUME)


def test_the_portals_host_does_not_count_and_an_address_at_it_does() -> None:
    assert content_digest(f"{RESUME}\nwww.portal.example", ["portal.example"]) == content_digest(RESUME)
    assert normalise("kari@portal.example", ["portal.example"]) == "kari@portal.example"


def test_a_word_that_changes_counts() -> None:
    assert content_digest(RESUME) != content_digest(RESUME.replace("2nd", "Chief"))


def test_only_the_volatile_cell_of_a_row_is_left_out() -> None:
    row = "Name\tKari Example\tDownload on 12-Nov-2026"
    assert normalise(row) == "Name\nKari Example"


def test_a_long_piece_is_content_whatever_it_says() -> None:
    prose = "I was told to print on both sides. " * 20
    assert normalise(prose)


@given(st.text())
def test_whitespace_never_counts(text: str) -> None:
    assert content_digest(text.replace(" ", "  ")) == content_digest(text)
    assert len(content_digest(text)) == 64
