"""Figures for who runs the cloud, in Prometheus' words, on a port of their own that is never public.

Counts and durations only: no label is anybody's id, name or address, and each has few values (a route's
pattern, a status, a reason of the registry).
"""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import psycopg
import structlog
from flask import Flask, Response, g, request
from prometheus_client import CollectorRegistry, Histogram, ProcessCollector, start_http_server
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from cloud_api.db.pool import Database
from cloud_api.db.queries import NamedQueries
from cloud_api.db.unit_of_work import Transaction
from cloud_api.errors import CloudError
from protocol.reasons import Reason

JOB_DAYS = 1
"""Jobs count that ended in so many days."""

_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)
_REASONS = frozenset(reason.value for reason in Reason)
_SQL = NamedQueries("cloud_api", "metrics.sql")
_log = structlog.get_logger("cloud_api.metrics")


@dataclass(frozen=True)
class _Jobs:
    status: str
    reason: str
    jobs: int
    seconds: float


@dataclass(frozen=True)
class _Sync:
    devices: int
    silent: int
    waiting: int
    parked: int
    lag_median: float
    lag_most: float


@dataclass(frozen=True)
class _Uploads:
    asked: int
    being_checked: int
    failing: int
    oldest_seconds: float


class Metrics:
    """The figures of one process, and of the database behind it. Any thread."""

    def __init__(self, database: Database) -> None:
        """Count nothing yet; the database is asked when somebody reads."""
        self.registry = CollectorRegistry()
        self._seconds = Histogram(
            "njordhr_request_seconds",
            "From a request to the head of its answer.",
            ["method", "route", "status"],
            buckets=_BUCKETS,
            registry=self.registry,
        )
        self.registry.register(OfficeFigures(database))
        self.registry.register(PoolFigures(database))
        ProcessCollector(registry=self.registry)

    def observe(self, app: Flask) -> None:
        """Measure every request of this app; `cloud_api.request_log` is registered before."""
        app.after_request(self._end)

    def serve(self, host: str, port: int) -> Callable[[], None]:
        """Answer whoever reads the figures at this address; return what ends it.

        Raises:
            OSError: the address is taken.
        """
        server, thread = start_http_server(port, host, registry=self.registry)

        def stop() -> None:
            server.shutdown()
            server.server_close()
            thread.join()

        return stop

    def _end(self, response: Response) -> Response:
        route = request.url_rule.rule if request.url_rule else "none"
        method = request.method if request.url_rule else "other"
        now = time.monotonic()
        seconds = self._seconds.labels(method, route, f"{response.status_code // 100}xx")
        seconds.observe(now - g.get("began", now))
        return response


class PoolFigures(Collector):
    """How much of the connections to the database is in use."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def collect(self) -> Iterator[Metric]:
        """Yield the pool's figures as they are now."""
        found = self._database.figures()
        size, free = found.get("pool_size", 0), found.get("pool_available", 0)
        yield _gauge("njordhr_pool_connections", "Connections to the database.", size)
        yield _gauge("njordhr_pool_connections_in_use", "Of them, those that are lent.", size - free)
        yield _gauge("njordhr_pool_connections_most", "The most there may be.", found.get("pool_max", 0))
        yield _gauge("njordhr_pool_waiting", "Requests that wait for one.", found.get("requests_waiting", 0))
        for name in ("requests_errors", "connections_errors", "connections_lost"):
            yield _gauge(f"njordhr_pool_{name}", "Since the start of the process.", found.get(name, 0))


class OfficeFigures(Collector):
    """What the database tells of all offices together: jobs, computers, uploads."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def collect(self) -> Iterator[Metric]:
        """Yield the figures, or only that there are none while the database is away."""
        try:
            with self._database.anonymous() as tx:
                found = [*_jobs(tx), *_sync(tx), *_uploads(tx)]
        except (CloudError, psycopg.Error) as error:
            _log.warning("no_figures", error=type(error).__name__)
            found = []
        yield _gauge("njordhr_database_up", "Whether the database told its figures.", int(bool(found)))
        yield from found


def _jobs(tx: Transaction) -> Iterator[Metric]:
    labels = ["status", "reason"]
    jobs = GaugeMetricFamily("njordhr_jobs_ended", f"Jobs that ended in {JOB_DAYS} day.", labels=labels)
    seconds = GaugeMetricFamily("njordhr_jobs_seconds", "What they took, added up.", labels=labels)
    counts: dict[tuple[str, str], tuple[int, float]] = {}
    for row in tx.all(_SQL["jobs"], {"days": JOB_DAYS}, _Jobs):
        key = (row.status, row.reason if row.reason in _REASONS or not row.reason else "other")
        before = counts.get(key, (0, 0.0))
        counts[key] = (before[0] + row.jobs, before[1] + row.seconds)
    for key, (count, total) in sorted(counts.items()):
        jobs.add_metric(key, count)
        seconds.add_metric(key, total)
    yield from (jobs, seconds)


def _sync(tx: Transaction) -> Iterator[Metric]:
    sync = tx.one(_SQL["sync"], {}, _Sync)
    yield _gauge("njordhr_devices", "Connected computers.", sync.devices)
    yield _gauge("njordhr_devices_silent", "Of them, not heard of for 15 minutes.", sync.silent)
    yield _gauge("njordhr_outbox_waiting", "Records that computers say they still have.", sync.waiting)
    yield _gauge("njordhr_outbox_parked", "Of them, those that somebody must look at.", sync.parked)
    lag = GaugeMetricFamily(
        "njordhr_sync_lag_seconds", "How late the events of the last hour arrived.", labels=["quantile"]
    )
    lag.add_metric(["0.5"], sync.lag_median)
    lag.add_metric(["1"], sync.lag_most)
    yield lag


def _uploads(tx: Transaction) -> Iterator[Metric]:
    uploads = tx.one(_SQL["uploads"], {}, _Uploads)
    family = GaugeMetricFamily("njordhr_uploads", "Resumes that are on their way.", labels=["state"])
    family.add_metric(["asked"], uploads.asked)
    family.add_metric(["being_checked"], uploads.being_checked)
    family.add_metric(["failing"], uploads.failing)
    yield family
    yield _gauge("njordhr_uploads_oldest_seconds", "Since the oldest was asked for.", uploads.oldest_seconds)


def _gauge(name: str, text: str, value: float) -> Metric:
    return GaugeMetricFamily(name, text, value=value)
