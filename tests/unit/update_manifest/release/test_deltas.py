import random
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.bundles import contents_of, write
from update_manifest.deltas import LARGEST_PREFIX, apply
from update_manifest.release.deltas import choose_base, make
from update_manifest.releases import BundleFile
from update_manifest.trees import files_of, tree_sha256

NAMES = st.sampled_from(["a", "b", "c/d", "c/e", "f-1.js", "f-2.js"])
TREES = st.dictionaries(NAMES, st.binary(max_size=200), max_size=5)


@settings(max_examples=25, deadline=None)
@given(old=TREES, new=TREES)
def test_each_bundle_can_be_made_of_each_other(old: dict[str, bytes], new: dict[str, bytes]) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        before, after = write(folder / "old", old), write(folder / "new", new)

        assert make(before, after, folder / "delta", level=3)
        apply(
            folder / "delta",
            before,
            files_of(after),
            folder / "to",
            from_tree=tree_sha256(files_of(before)),
            max_bytes=10_000,
        )

        assert contents_of(folder / "to") == new


def test_a_small_change_in_a_large_file_is_small(tmp_path: Path) -> None:
    noise = random.Random(7).randbytes(400_000)
    old = write(tmp_path / "old", {"a": noise})
    new = write(tmp_path / "new", {"a": noise[:200_000] + b"one line" + noise[200_000:]})

    assert make(old, new, tmp_path / "delta", at_most=200)
    assert make(old, new, tmp_path / "again", at_most=200)
    assert (tmp_path / "delta").read_bytes() == (tmp_path / "again").read_bytes()


def test_a_delta_that_is_not_worth_it_is_not_written(tmp_path: Path) -> None:
    old = write(tmp_path / "old", {"a": b"1"})
    new = write(tmp_path / "new", {"a": random.Random(7).randbytes(1_000)})

    assert not make(old, new, tmp_path / "delta", at_most=999)
    assert not (tmp_path / "delta").exists()


def _files(*paths: str, length: int = 10) -> tuple[BundleFile, ...]:
    return tuple(BundleFile(path=path, sha256="0" * 64, length=length, mode=0o644) for path in paths)


def test_the_base_is_the_file_of_the_same_path() -> None:
    (new,) = _files("web_ui/assets/index-AAAAAAAA.js")
    old = _files("web_ui/assets/index-AAAAAAAA.js", "web_ui/assets/index-AAAAAAAB.js")

    assert choose_base(new, old) == old[0]


def test_the_base_may_be_a_file_of_a_similar_name() -> None:
    (new,) = _files("web_ui/assets/index-CS8ib6FD.js")
    old = _files("web_ui/assets/index-DcrD41A6.js", "web_ui/assets/index-CS8ib6FD.css", "njordhr")

    assert choose_base(new, old) == old[0]


def test_a_file_of_another_kind_is_no_base() -> None:
    (new,) = _files("web_ui/assets/index-CS8ib6FD.js")

    assert choose_base(new, _files("web_ui/assets/index-CS8ib6FD.css")) is None


def test_what_is_too_large_to_keep_in_memory_is_not_patched() -> None:
    (new,) = _files("a", length=LARGEST_PREFIX + 1)

    assert choose_base(new, _files("a")) is None
    assert choose_base(_files("a")[0], (new,)) is None
