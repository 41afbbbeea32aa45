import io
import tarfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.bundles import refused
from update_manifest.errors import UpdateError, UpdateReason
from update_manifest.releases import BundleFile
from update_manifest.tar_headers import BLOCK, END, header, padding, refusal


def _file(path: str, length: int = 3) -> BundleFile:
    return BundleFile(path=path, sha256="0" * 64, length=length, mode=0o755)


@pytest.mark.parametrize("path", ["a", "a/b.c", "\u00e4/\u00f6", "d" * 90 + "/" + "n" * 90, "x/" * 70 + "y"])
def test_other_programs_read_it(path: str) -> None:
    whole = header(_file(path)) + b"abc" + padding(3) + END

    with tarfile.open(fileobj=io.BytesIO(whole), mode="r:") as archive:
        (found,) = archive.getmembers()
        content = archive.extractfile(found)
        assert content is not None
        assert (found.name, found.mode, content.read()) == (path, 0o755, b"abc")


@pytest.mark.parametrize("path", ["n" * 101, "d" * 160 + "/n", "a/" * 150 + "b"])
def test_a_path_that_is_too_long_is_refused(path: str) -> None:
    with pytest.raises(UpdateError) as error:
        header(_file(path))
    assert refused(error) is UpdateReason.PATH_UNSAFE


def test_a_file_that_is_too_long_is_refused() -> None:
    with pytest.raises(UpdateError) as error:
        header(_file("a", 8**11))
    assert refused(error) is UpdateReason.TOO_LARGE


@given(st.binary(max_size=2 * BLOCK))
def test_any_bytes_have_a_reason(found: bytes) -> None:
    assert refusal(found).reason in UpdateReason
