"""The Flask application: every slice's routes behind one guard, one way of refusing, one set of headers."""

import time

from apiflask import APIFlask
from flask import request

from cloud_api import __version__, headers, problems, request_log
from cloud_api.accounts import invitation_routes as invitations
from cloud_api.accounts import member_routes as members
from cloud_api.accounts import routes as accounts
from cloud_api.audit import routes as audit
from cloud_api.auth.limits import Door, Tries, TryLimits
from cloud_api.candidates import routes as candidates
from cloud_api.dashboard import routes as dashboard
from cloud_api.devices import command_routes as commands
from cloud_api.devices import routes as devices
from cloud_api.devices.poll import Polls
from cloud_api.exports import routes as exports
from cloud_api.exports.zip_stream import ZipSender
from cloud_api.forwarded import behind_proxies
from cloud_api.health import routes as health
from cloud_api.health.ready import ReadinessCheck
from cloud_api.ingest import routes as ingest
from cloud_api.jobs import routes as jobs
from cloud_api.live.seats import StreamSeats
from cloud_api.operations import routes as operations
from cloud_api.resumes import routes as resumes
from cloud_api.resumes.folder_store import FolderStore
from cloud_api.resumes.open import straight_links
from cloud_api.resumes.upload import Uploads
from cloud_api.retention import routes as retention
from cloud_api.services import Services
from cloud_api.settings import Limit
from cloud_api.updates import routes as updates
from cloud_api.updates.feed import Feed
from cloud_api.views import routes as views

MAX_BODY = 1024 * 1024
MAX_BATCH_BODY = 32 * 1024 * 1024
"""The most bytes of a request's body; a batch of events carries the texts of resumes."""


def create_app(services: Services) -> APIFlask:
    """Make the application of these parts. It owns none of them: who built them closes them."""
    app = APIFlask(
        "cloud_api",
        title="NjordHR cloud API",
        version=__version__,
        spec_path=None,
        docs_path=None,
        static_folder=None,  # type: ignore[arg-type]  # Flask means no such folder by it
        json_errors=False,
    )
    app.config.update(MAX_CONTENT_LENGTH=MAX_BODY, PROPAGATE_EXCEPTIONS=False)
    request_log.register(app)
    services.metrics.observe(app)
    problems.register(app)
    headers.register(app, services.settings.allowed_origin)
    app.before_request(_let_batches_be_larger)
    services.guard.install(app)
    _register_slices(app, services)
    if services.settings.trusted_proxies:
        app.wsgi_app = behind_proxies(app.wsgi_app, services.settings.trusted_proxies)  # type: ignore[method-assign]  # how Flask documents a middleware
    return app


def _register_slices(app: APIFlask, services: Services) -> None:
    database, clock, settings = services.database, services.clock, services.settings
    limits = TryLimits(database)
    by_address = Tries(limits, Door.SIGNING_IN, Limit.parse(settings.sign_in_limit))
    pairing = Tries(limits, Door.PAIRING, Limit.parse(settings.pairing_limit))
    seats = StreamSeats(settings.streams_of_one)
    blueprints = [
        health.blueprint(database, _readiness(services), __version__),
        accounts.blueprint(_accounts(services, by_address)),
        members.blueprint(database),
        invitations.blueprint(database, f"{settings.allowed_origin}/app/" if settings.allowed_origin else ""),
        devices.blueprint(database, clock, by_address, pairing),
        commands.blueprint(database, services.guard, Polls(services.watch, settings.command_polls)),
        jobs.blueprint(database, services.guard, services.watch, seats),
        ingest.blueprint(database),
        candidates.blueprint(database, clock),
        dashboard.blueprint(database, services.guard, services.watch, seats, clock),
        views.blueprint(database),
        audit.blueprint(database, clock, lambda: not services.stopping.is_set()),
        retention.blueprint(database, services.objects),
        operations.blueprint(database),
        exports.blueprint(database, services.objects, _links(services), _zip_sender(services)),
        resumes.blueprint(database, services.objects, _uploads(services), clock),
        updates.blueprint(database, Feed(settings.updates_folder)),
    ]
    if isinstance(services.objects, FolderStore):
        blueprints.append(resumes.objects_blueprint(services.objects, clock, settings.max_resume_bytes))
    for blueprint in blueprints:
        app.register_blueprint(blueprint)


def _readiness(services: Services) -> ReadinessCheck:
    objects = services.objects
    return ReadinessCheck(
        services.database,
        lambda: next(objects.objects("resumes/ready/"), None),
        __version__,
        time.monotonic,
    )


def _accounts(services: Services, by_address: Tries) -> accounts.Accounts:
    limit = Limit.parse(services.settings.account_limit)
    return accounts.Accounts(
        database=services.database,
        guard=services.guard,
        provider=services.accounts,
        maker=services.account_maker,
        by_address=by_address,
        by_account=Tries(TryLimits(services.database), Door.ACCOUNT, limit),
    )


def _uploads(services: Services) -> Uploads:
    settings, checker = services.settings, services.upload_checker
    return Uploads(
        services.database, services.objects, services.clock, settings.max_resume_bytes, checker.wake
    )


def _zip_sender(services: Services) -> ZipSender:
    return ZipSender(services.database, services.objects, lambda: not services.stopping.is_set())


def _links(services: Services) -> exports.Links | None:
    """Bytes go straight from the store to whoever may have them, unless the store is a folder of ours."""
    if isinstance(services.objects, FolderStore):
        return None
    return straight_links(services.objects, services.clock)


def _let_batches_be_larger() -> None:
    if request.endpoint is not None and request.endpoint.startswith("ingest."):
        request.max_content_length = MAX_BATCH_BODY
