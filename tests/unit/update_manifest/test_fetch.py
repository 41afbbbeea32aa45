"""Downloads that are cut, resumed, answered oddly and paused."""

import hashlib
from pathlib import Path

import pytest

from tests.support.tuf_server import Misbehaviour, serve
from update_manifest.errors import UpdateError, UpdateReason
from update_manifest.fetch import TRIES, download

CONTENT = bytes(range(64))
SHA256 = hashlib.sha256(CONTENT).hexdigest()


def _refused(*urls: str, to: Path) -> UpdateReason:
    with pytest.raises(UpdateError) as refused:
        download(urls, SHA256, len(CONTENT), to)
    return refused.value.reason


@pytest.mark.parametrize("have", range(0, len(CONTENT) + 1, 7))
@pytest.mark.parametrize("kept", ["right", "wrong"])
def test_it_goes_on_from_any_byte(tmp_path: Path, have: int, kept: str) -> None:
    part = tmp_path / f"{SHA256}.part"
    part.write_bytes(CONTENT[:have] if kept == "right" else b"\xff" * have)
    with serve({"file": CONTENT}) as server:
        got = download(server.address + "file", SHA256, len(CONTENT), tmp_path)
        asked = server.requests
    assert got.read_bytes() == CONTENT
    assert [path.name for path in tmp_path.iterdir()] == [SHA256]
    assert len(asked) <= (1 if kept == "right" else 2)


@pytest.mark.parametrize("cut", range(8, len(CONTENT), 9))
def test_the_connection_is_cut_at_any_byte(tmp_path: Path, cut: int) -> None:
    with serve({"file": CONTENT}) as server:
        server.manners = Misbehaviour(cut_after=cut)
        assert download(server.address + "file", SHA256, len(CONTENT), tmp_path).read_bytes() == CONTENT
        assert len(server.requests) == -(-len(CONTENT) // cut)


def test_it_is_not_asked_for_ever_and_goes_on_at_the_next_call(tmp_path: Path) -> None:
    with serve({"file": CONTENT}) as server:
        server.manners = Misbehaviour(cut_after=1)
        assert _refused(server.address + "file", to=tmp_path) is UpdateReason.UNREACHABLE
        assert len(server.requests) == TRIES
        assert (tmp_path / f"{SHA256}.part").read_bytes() == CONTENT[:TRIES]
        server.manners = Misbehaviour()
        assert download(server.address + "file", SHA256, len(CONTENT), tmp_path).read_bytes() == CONTENT
        assert server.requests[-1][1:] == (f"bytes={TRIES}-", 206)


@pytest.mark.parametrize(
    ("manners", "statuses"),
    [
        (Misbehaviour(ignores_range=True), [200]),
        (Misbehaviour(etag='"another"'), [200]),
        (Misbehaviour(etag=""), [200]),
        (Misbehaviour(), [206]),
    ],
    ids=["200 for a part", "another content", "no name any more", "the part"],
)
def test_answers_to_a_wish_for_a_part(tmp_path: Path, manners: Misbehaviour, statuses: list[int]) -> None:
    with serve({"file": CONTENT}) as server:
        server.manners = Misbehaviour(cut_after=9)
        with pytest.raises(UpdateError):
            download(server.address + "file", SHA256, len(CONTENT), tmp_path, stop=lambda: True)
        server.requests.clear()
        server.manners = manners
        assert download(server.address + "file", SHA256, len(CONTENT), tmp_path).read_bytes() == CONTENT
        assert [status for _, _, status in server.requests] == statuses


def test_a_part_that_the_server_has_no_more_of(tmp_path: Path) -> None:
    (tmp_path / f"{SHA256}.part").write_bytes(CONTENT[:-1])
    files = {"file": CONTENT[:10]}
    with serve(files) as server:
        assert _refused(server.address + "file", to=tmp_path) is UpdateReason.UNREACHABLE
        assert [status for _, _, status in server.requests][:2] == [416, 200]
        files["file"] = CONTENT
        assert download(server.address + "file", SHA256, len(CONTENT), tmp_path).read_bytes() == CONTENT


@pytest.mark.parametrize(
    "span", ["bytes 0-63/64", "bytes 9-63/99", f"bytes {'9' * 5000}-63/64", "nonsense", ""]
)
def test_another_part_than_was_asked_for_is_not_taken(tmp_path: Path, span: str) -> None:
    (tmp_path / f"{SHA256}.part").write_bytes(CONTENT[:9])
    with serve({"file": CONTENT}) as server:

        def answer(handler: object) -> bool:
            if not handler.headers.get("Range"):  # type: ignore[attr-defined]  # the server's handler
                return False
            handler._send("file", 206, CONTENT, {"Content-Range": span})  # type: ignore[attr-defined]  # as above
            return True

        server.manners = Misbehaviour(answer=answer)
        assert download(server.address + "file", SHA256, len(CONTENT), tmp_path).read_bytes() == CONTENT


def test_mirrors_in_turn(tmp_path: Path) -> None:
    with serve({"evil": bytes(64), "good": CONTENT}) as server:
        evil, none, good = (server.address + name for name in ("evil", "none", "good"))
        assert _refused(none, evil, none, to=tmp_path) is UpdateReason.HASH_WRONG
        assert _refused(none, to=tmp_path) is UpdateReason.UNREACHABLE
        assert _refused(to=tmp_path) is UpdateReason.UNREACHABLE
        assert download([evil, none, good], SHA256, len(CONTENT), tmp_path).read_bytes() == CONTENT


def test_progress_is_told_and_a_pause_keeps_what_came(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    with serve({"file": CONTENT}) as server, pytest.raises(UpdateError) as refused:
        download(
            server.address + "file",
            SHA256,
            len(CONTENT),
            tmp_path,
            progress=lambda *now: told.append(now),
            stop=lambda: True,
        )
    assert refused.value.reason is UpdateReason.INTERRUPTED
    assert told[-1][1] == len(CONTENT)
    assert (tmp_path / f"{SHA256}.part").stat().st_size == told[-1][0]
