from hypothesis import given
from hypothesis import strategies as st

from cloud_api.resumes.disposition import inline_as


def test_both_forms_of_the_name_are_given() -> None:
    assert inline_as('Größe "1".pdf') == (
        "inline; filename=\"Gr__e _1_.pdf\"; filename*=UTF-8''Gr%C3%B6%C3%9Fe%20%221%22.pdf"
    )


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
def test_no_name_breaks_out_of_the_header(name: str) -> None:
    header = inline_as(name)
    assert header.isascii()
    assert header.isprintable()
    assert header.count('"') == 2
