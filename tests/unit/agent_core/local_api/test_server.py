"""The socket: on this computer alone, on the preferred port when it is free."""

import http.client

from flask import Flask

from agent_core.local_api.server import LocalServer, open_socket


def test_a_port_that_is_taken_is_replaced_by_a_free_one() -> None:
    with open_socket(0) as first:
        first.listen()
        address, port = first.getsockname()
        assert address == "127.0.0.1"
        with open_socket(port) as second:
            assert second.getsockname()[1] not in {0, port}


def test_it_answers_until_it_is_stopped() -> None:
    app = Flask("test", static_folder=None)
    app.add_url_rule("/", view_func=lambda: "hello")
    listening = open_socket(0)
    port = listening.getsockname()[1]
    server = LocalServer(app, listening, threads=2)
    server.start()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request("GET", "/")
    answer = connection.getresponse()
    assert (answer.read(), answer.headers["Server"]) == (b"hello", None)
    connection.close()
    assert server.stop(20)
