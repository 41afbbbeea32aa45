import os
from pathlib import Path

import pytest

from tests.support.bundles import listed, refused, write
from update_manifest.errors import UpdateError, UpdateReason
from update_manifest.trees import files_of, refuse_ambiguous, tree_sha256, verify_tree


def test_files_come_in_one_order_with_what_they_are(tmp_path: Path) -> None:
    write(tmp_path, {"b": b"2", "a/c": b"1", "a.b": b""}, programs=("b",))

    files = files_of(tmp_path)

    assert [(file.path, file.length, file.mode) for file in files] == [
        ("a.b", 0, 0o644),
        ("a/c", 1, 0o644),
        ("b", 1, 0o755),
    ]


def test_the_digest_is_of_what_is_in_it_and_not_of_when_or_where(tmp_path: Path) -> None:
    one = write(tmp_path / "one", {"a": b"1", "b/c": b"2"})
    other = write(tmp_path / "other", {"b/c": b"2", "a": b"1"})
    os.utime(other / "a", (1, 1))

    assert tree_sha256(files_of(one)) == tree_sha256(tuple(reversed(files_of(other))))


@pytest.mark.parametrize("change", ["content", "name", "mode", "more"])
def test_the_digest_changes_with(tmp_path: Path, change: str) -> None:
    folder = write(tmp_path, {"a": b"1"})
    before = tree_sha256(files_of(folder))
    match change:
        case "content":
            (folder / "a").write_bytes(b"2")
        case "name":
            (folder / "a").rename(folder / "b")
        case "mode":
            (folder / "a").chmod(0o755)
        case _:
            (folder / "b").touch()

    assert tree_sha256(files_of(folder)) != before


@pytest.mark.parametrize("kind", ["link", "link to a folder", "pipe", "broken link"])
def test_there_is_nothing_but_files(tmp_path: Path, kind: str) -> None:
    folder = write(tmp_path / "bundle", {"a": b"1"})
    match kind:
        case "link":
            (folder / "b").symlink_to(folder / "a")
        case "link to a folder":
            (folder / "b").symlink_to(tmp_path, target_is_directory=True)
        case "pipe":
            os.mkfifo(folder / "b")
        case _:
            (folder / "b").symlink_to("nowhere")

    with pytest.raises(UpdateError) as error:
        files_of(folder)
    assert refused(error) is UpdateReason.NOT_A_PLAIN_FILE


@pytest.mark.parametrize("name", [b"con", b"a:b", b"a\\b", b"a.", b"a ", b"\xff\xfe", b"a\nb"])
def test_a_name_that_not_each_system_takes_is_refused(tmp_path: Path, name: bytes) -> None:
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name)).touch()

    with pytest.raises(UpdateError) as error:
        files_of(tmp_path)
    assert refused(error) is UpdateReason.PATH_UNSAFE


@pytest.mark.parametrize(
    "names",
    [
        ("a", "A"),
        ("e\u0301", "\u00e9"),
        ("a", "a/b"),
        ("A/b", "a"),
        ("Stra\u00dfe", "STRASSE"),
        ("a/b", "A/B"),
    ],
)
def test_two_names_that_are_one_somewhere_are_refused(names: tuple[str, str]) -> None:
    with pytest.raises(UpdateError) as error:
        refuse_ambiguous(listed(dict.fromkeys(names, b"")))
    assert refused(error) is UpdateReason.PATH_UNSAFE


def test_names_of_one_folder_in_two_spellings_are_refused_only_when_they_meet() -> None:
    refuse_ambiguous(listed({"a/b": b"", "a/c": b"", "ab": b""}))


def test_a_tree_is_what_was_signed(tmp_path: Path) -> None:
    verify_tree(write(tmp_path, {"a": b"1"}), listed({"a": b"1"}))


@pytest.mark.parametrize("there", [{"a": b"2"}, {}, {"a": b"1", "b": b""}])
def test_a_tree_that_is_not_what_was_signed_is_refused(tmp_path: Path, there: dict[str, bytes]) -> None:
    write(tmp_path, there)

    with pytest.raises(UpdateError) as error:
        verify_tree(tmp_path, listed({"a": b"1"}))
    assert refused(error) is UpdateReason.CONTENT_WRONG


def test_a_program_that_may_not_run_is_another_where_that_is_kept(tmp_path: Path) -> None:
    write(tmp_path, {"a": b"1"}, programs=("a",))

    with pytest.raises(UpdateError):
        verify_tree(tmp_path, listed({"a": b"1"}), modes=True)
    verify_tree(tmp_path, listed({"a": b"1"}), modes=False)
