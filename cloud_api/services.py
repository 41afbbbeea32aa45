"""The parts of one running cloud, put together once from its settings."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from cloud_api.auth.guard import Guard
from cloud_api.auth.local_accounts import LocalAccounts
from cloud_api.auth.provider import AccountMaker, AccountProvider
from cloud_api.auth.supabase_accounts import SupabaseAccounts
from cloud_api.auth.supabase_maker import SupabaseAccountMaker
from cloud_api.auth.tokens import LOCAL_ISSUER, JwksKeys, LocalSigner, TokenVerifier
from cloud_api.db.pool import Database
from cloud_api.db.queries import NamedQueries
from cloud_api.devices.sweep import Sweeper
from cloud_api.live.watch import Watch
from cloud_api.metrics import Metrics
from cloud_api.resumes.checker import UploadChecker
from cloud_api.resumes.object_store import ObjectStore
from cloud_api.resumes.stores import build_store
from cloud_api.settings import AuthProvider, CloudSettings

Clock = Callable[[], datetime]
_MARKS = NamedQueries("cloud_api.live", "live.sql")


@dataclass(frozen=True)
class Services:
    """What the routes work with.

    Attributes:
        watch: wakes whoever waits for what others do.
        stopping: set when the server stops; streams end on it.
        closers: what is closed at the end, in order.
    """

    settings: CloudSettings
    database: Database
    guard: Guard
    accounts: AccountProvider
    account_maker: AccountMaker
    objects: ObjectStore
    upload_checker: UploadChecker
    clock: Clock
    watch: Watch
    metrics: Metrics
    stopping: threading.Event
    closers: tuple[Callable[[], None], ...] = ()

    def close(self) -> None:
        """End streams, and give connections back."""
        self.stopping.set()
        for close in self.closers:
            close()


def utc_now() -> datetime:
    """Return now, aware, in UTC."""
    return datetime.now(UTC)


def build_services(settings: CloudSettings, clock: Clock = utc_now, *, connect: bool = True) -> Services:
    """Put the parts together.

    Args:
        settings: of this deployment.
        clock: tells now, aware, in UTC.
        connect: let the database pool connect in the background; without it every request finds it away.
    """
    database = Database(settings.database_url.get_secret_value(), size=settings.database_pool_size)
    accounts, maker, verifier, close_accounts = _accounts(settings, database, clock)
    stopping = threading.Event()
    objects = build_store(settings, settings.public_url, clock)
    checker = UploadChecker(database, objects, stopping)
    sweeper = Sweeper(database, stopping)
    metrics = Metrics(database)
    metered = (
        (metrics.serve(settings.metrics_host, settings.metrics_port),)
        if connect and settings.metrics_port
        else ()
    )
    services = Services(
        settings=settings,
        database=database,
        guard=Guard(database, verifier),
        accounts=accounts,
        account_maker=maker,
        objects=objects,
        upload_checker=checker,
        clock=clock,
        watch=Watch(database, {kind: _MARKS[kind] for kind in _MARKS.names()}, stopping),
        metrics=metrics,
        stopping=stopping,
        closers=(*metered, sweeper.stop, *close_accounts, checker.stop, objects.close, database.close),
    )
    if connect:
        database.open()
        if settings.check_uploads:
            checker.start()
        sweeper.start()
    return services


def _accounts(
    settings: CloudSettings, database: Database, clock: Clock
) -> tuple[AccountProvider, AccountMaker, TokenVerifier, tuple[Callable[[], None], ...]]:
    if settings.auth_provider is AuthProvider.LOCAL:
        signer = LocalSigner(clock)
        local = LocalAccounts(database, signer, clock)
        return local, local, TokenVerifier(signer, LOCAL_ISSUER, clock), ()
    issuer = f"{settings.supabase_url}/auth/v1"
    keys = JwksKeys(f"{issuer}/.well-known/jwks.json", time.monotonic)
    verifier = TokenVerifier(keys, issuer, clock)
    publishable_key = settings.supabase_publishable_key.get_secret_value()
    supabase = SupabaseAccounts(settings.supabase_url, publishable_key)
    secret_key = settings.supabase_secret_key.get_secret_value()
    maker = SupabaseAccountMaker(settings.supabase_url, publishable_key, secret_key, supabase, verifier)
    return supabase, maker, verifier, (supabase.close, maker.close, keys.close)
