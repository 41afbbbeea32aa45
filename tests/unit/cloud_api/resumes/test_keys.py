from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from cloud_api.resumes.keys import is_object_key, object_key

ORGANISATION = UUID("6f1c1d52-0c1b-4a55-8a2f-52a4b4a0f9d1")


def test_a_key_follows_the_specification() -> None:
    key = object_key(ORGANISATION, "2nd Officer", "0042", "2nd_Officer_0042.pdf", "ab" * 32)
    assert key == f"resumes/{ORGANISATION}/2nd_Officer/0042/2nd_Officer_0042-abababababababab.pdf"


def test_two_files_of_one_name_have_two_keys() -> None:
    first, second = (object_key(ORGANISATION, "Cook", "1", "x.pdf", digest * 32) for digest in ("ab", "cd"))
    assert first != second


def test_a_rank_with_dots_and_slashes_is_one_safe_part() -> None:
    assert object_key(ORGANISATION, "Repair Yard/D.D.", "7", "Lebenslauf Größe.PDF", "0" * 64) == (
        f"resumes/{ORGANISATION}/Repair_Yard_D.D/7/Lebenslauf_Groe-0000000000000000.pdf"
    )


@given(rank=st.text(max_size=400), filename=st.text(max_size=255))
def test_whatever_people_call_things_the_key_is_safe(rank: str, filename: str) -> None:
    assert is_object_key(object_key(ORGANISATION, rank, "0042", filename, "ab" * 32))
