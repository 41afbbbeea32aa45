"""The local API: every route behind one guard, one way of refusing, one set of headers."""

from apiflask import APIFlask

from agent_core import VERSION
from agent_core.local_api import (
    diagnostics,
    dialogs,
    download_jobs,
    exports,
    guard,
    headers,
    health,
    launch,
    outbox_view,
    pairing,
    passthrough,
    people,
    portal_session,
    preferences,
    problems,
    resumes,
    status,
    ui,
    updates,
    window,
)
from agent_core.local_api.services import Services
from agent_core.local_api.stream import StreamSeats

MAX_BODY = 1024 * 1024
STREAMS = 24
THREADS = STREAMS + 8
"""A stream holds a thread, and requests must find one all the same."""


def create_app(services: Services) -> APIFlask:
    """Make the application of these parts. It owns none of them."""
    app = APIFlask(
        "agent_core",
        title="NjordHR local API",
        version=VERSION,
        spec_path=None,
        docs_path=None,
        static_folder=None,  # type: ignore[arg-type]  # Flask takes None; APIFlask says only str
        json_errors=False,
    )
    app.config.update(MAX_CONTENT_LENGTH=MAX_BODY, PROPAGATE_EXCEPTIONS=False)
    problems.register(app)
    headers.register(app)
    guard.install(app, services.port, services.tokens, services.is_held)
    seats = StreamSeats(STREAMS)
    for blueprint in (
        ui.blueprint(services.web_ui_dir, services.demo),
        launch.blueprint(services),
        window.blueprint(services),
        health.blueprint(services),
        preferences.blueprint(services),
        dialogs.blueprint(services),
        status.blueprint(services),
        diagnostics.blueprint(services),
        updates.blueprint(services),
        pairing.blueprint(services),
        portal_session.blueprint(services),
        download_jobs.blueprint(services, seats),
        outbox_view.blueprint(services),
        exports.blueprint(services),
        resumes.blueprint(services),
        people.blueprint(services),
        passthrough.blueprint(services, seats),
    ):
        app.register_blueprint(blueprint)
    return app
