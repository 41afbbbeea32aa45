"""What a client does right that no attack shows: each a function that fails when it does not.

Example:
    >>> for holds in MANNERS.values():
    ...     holds(tmp_path)
"""

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tuf.api.exceptions import DownloadHTTPError

from tests.support.tuf_server import Handler, Misbehaviour, serve
from update_manifest.errors import UpdateError, UpdateReason
from update_manifest.fetch import Fetcher, download
from update_manifest.manifest import canonical, signed_bytes
from update_manifest.web import Web

MANNERS: dict[str, Callable[[Path], None]] = {}


def _manner(holds: Callable[[Path], None]) -> Callable[[Path], None]:
    MANNERS[holds.__name__.lstrip("_").replace("_", " ")] = holds
    return holds


@_manner
def _a_wrong_file_is_not_fetched_again_and_again(folder: Path) -> None:
    right = b"what was signed"
    with serve({"file": b"what was forged"}) as server:
        with pytest.raises(UpdateError) as refused:
            download(server.address + "file", hashlib.sha256(right).hexdigest(), len(right), folder)
        assert refused.value.reason is UpdateReason.HASH_WRONG
        assert len(server.requests) == 1
    assert not list(folder.iterdir())


@_manner
def _a_missing_root_says_that_there_is_no_newer_one(_folder: Path) -> None:
    with serve({}) as server, pytest.raises(DownloadHTTPError) as refused:
        Fetcher().download_bytes(server.address + "2.root.json", 10)
    assert refused.value.status_code == 404


@_manner
def _nobody_is_led_from_https_to_this_computer(_folder: Path) -> None:
    with serve({"file": b"of this computer"}) as server:

        class Led(Web):
            """One whose first answer is a redirect."""

            def _ask(self, url: str, headers: Any) -> Any:
                if url.startswith("https:"):
                    return super()._ask(server.address + "redirect", headers)
                return super()._ask(url, headers)

        def answer(handler: Handler) -> bool:
            if handler.path != "/redirect":
                return False
            handler.send_response(302)
            handler.send_header("Location", server.address + "file")
            handler.send_header("Content-Length", "0")
            handler.end_headers()
            return True

        server.manners = Misbehaviour(answer=answer)
        with pytest.raises(UpdateError) as refused, Led().get("https://updates.example.com/file"):
            pass
        assert refused.value.reason is UpdateReason.INSECURE_ADDRESS


@_manner
def _what_is_there_and_right_is_not_fetched_again(folder: Path) -> None:
    content = b"a bundle"
    with serve({"file": content}) as server:
        for _ in range(2):
            got = download(server.address + "file", hashlib.sha256(content).hexdigest(), len(content), folder)
            assert got.read_bytes() == content
        assert len(server.requests) == 1


@_manner
def _it_goes_on_where_the_connection_was_cut(folder: Path) -> None:
    content = b"a bundle"
    with serve({"file": content}) as server:
        server.manners = Misbehaviour(cut_after=3)
        got = download(server.address + "file", hashlib.sha256(content).hexdigest(), len(content), folder)
        assert got.read_bytes() == content
        assert [one[1:] for one in server.requests] == [(None, 200), ("bytes=3-", 206), ("bytes=6-", 206)]


@_manner
def _a_cut_shows_also_when_no_length_was_told(folder: Path) -> None:
    content = b"a bundle"

    def begin(handler: Handler) -> bool:
        if handler.headers.get("Range"):
            return False
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + content[:3])
        handler.close_connection = True
        return True

    with serve({"file": content}) as server:
        server.manners = Misbehaviour(answer=begin)
        got = download(server.address + "file", hashlib.sha256(content).hexdigest(), len(content), folder)
        assert got.read_bytes() == content


@_manner
def _nobody_signs_a_fraction(_folder: Path) -> None:
    for value in ({"a": 1.5}, {"a": [1.5]}, {"a": {"b": 0.5}}):
        with pytest.raises(ValueError, match="fractions"):
            canonical(value)
        with pytest.raises(ValueError, match="fractions"):
            signed_bytes(value)
