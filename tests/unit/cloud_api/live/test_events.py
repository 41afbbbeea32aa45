from flask import Flask

from cloud_api.live.events import event_stream


def app_of(ended: list[str]) -> Flask:
    app = Flask("test")
    app.add_url_rule("/", "stream", lambda: event_stream(iter([b"a", b"b"]), lambda: ended.append("ended")))
    return app


def test_a_stream_is_told_piece_by_piece_and_ends_once() -> None:
    ended: list[str] = []
    answer = app_of(ended).test_client().get("/", buffered=False)
    assert answer.mimetype == "text/event-stream"
    assert answer.headers["X-Accel-Buffering"] == "no"
    assert list(answer.iter_encoded()) == [b"a", b"b"]
    answer.close()
    assert ended == ["ended"]


def test_a_stream_that_nobody_reads_ends_all_the_same() -> None:
    ended: list[str] = []
    client = app_of(ended).test_client()
    client.get("/", buffered=False).close()
    client.head("/").close()
    assert ended == ["ended", "ended"]
