"""Resumes per second from a portal that takes 150 ms for each page.

The product (checks, facts, hash, file and record, both durable) beside a plain Selenium script that clicks
through each person, and beside a bare loop that only prints the same pages in as many tabs.
"""

import json
import logging
import os
import secrets
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from uuid import uuid4

import structlog

from agent_core.downloads.run import run_job
from agent_core.files.folder import LocalResumeFiles
from agent_core.portal.browser import BrowserOptions
from agent_core.portal.session import SeleniumPortalSession
from agent_core.ports import Listing, PortalCredentials, SessionState, go_on
from agent_core.settings import PortalSettings
from agent_core.store.database import AgentStore
from benchmarks.peers import click_through, plain_browser, print_only
from demo.portal.people import invent
from demo.portal.state import DEMO_ACCOUNT
from protocol.jobs import JobRequest, JobStatus
from protocol.vocabulary import portal_ranks, portal_ship_types

LATENCY_MS = 150
AT_ONCE = 8
PEOPLE = 64
CLICKED_THROUGH = 8
"""So many are enough for the script that takes one after the other."""
ROUNDS = 3
BESIDE_SCRIPT = 10.0
BESIDE_LOOP = 0.9
SEED = 7


def main() -> bool:
    """Measure in alternating rounds after a warm-up; print and judge the medians."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    with ExitStack() as ends:
        bench = ends.enter_context(_bench())
        kinds: dict[str, Callable[[], float]] = {
            "product": bench.product,
            "loop": bench.loop,
            "script": bench.script,
        }
        for measure in kinds.values():
            measure()
        rounds = [{name: measure() for name, measure in kinds.items()} for _ in range(ROUNDS)]
        most = bench.most_at_once()
    medians = {name: statistics.median(each[name] for each in rounds) for name in kinds}
    script = statistics.median(each["product"] / each["script"] for each in rounds)
    loop = statistics.median(each["product"] / each["loop"] for each in rounds)
    for each in rounds:
        print("  ".join(f"{name} {rate:.2f}/s" for name, rate in each.items()))
    print(
        f"medians of {ROUNDS} rounds, {PEOPLE} people, {LATENCY_MS} ms a page, {AT_ONCE} at once, "
        f"{os.cpu_count()} cores:"
    )
    print(f"  product, all durable   {medians['product']:6.2f}/s")
    print(f"  plain Selenium script  {medians['script']:6.2f}/s   ratio {script:5.2f} (≥ {BESIDE_SCRIPT})")
    print(f"  loop that only prints  {medians['loop']:6.2f}/s   ratio {loop:5.2f} (≥ {BESIDE_LOOP})")
    print(f"  most requests at once, as the portal counted: {most} (≤ {AT_ONCE})")
    return script >= BESIDE_SCRIPT and loop >= BESIDE_LOOP and most <= AT_ONCE


class _Walked:
    """`ports.PortalSession` whose lists were walked before, as nothing of the others walks them."""

    def __init__(self, session: SeleniumPortalSession, listings: Sequence[Listing]) -> None:
        self._session = session
        self._listings = listings
        self.snapshot, self.start = session.snapshot, session.start
        self.resend_otp, self.verify_otp = session.resend_otp, session.verify_otp
        self.check_health, self.disconnect = session.check_health, session.disconnect
        self.fetch_all = session.fetch_all

    def listings(self, *_: object) -> Iterator[Listing]:
        """Yield the people."""
        yield from self._listings


@dataclass(frozen=True)
class _Bench:
    """The running parts.

    Attributes:
        session: of the product, logged in.
        script_and_loop: the peers' browser, logged in too.
    """

    product: Callable[[], float]
    loop: Callable[[], float]
    script: Callable[[], float]
    most_at_once: Callable[[], int]


@contextmanager
def _bench() -> Iterator[_Bench]:
    people = [person.candidate_id for person in invent(SEED, portal_ranks(), portal_ship_types())][:PEOPLE]
    with ExitStack() as ends:
        folder = Path(ends.enter_context(tempfile.TemporaryDirectory(prefix="njordhr-benchmark-")))
        token = secrets.token_hex(16)
        root = ends.enter_context(_portal(token))
        session = ends.enter_context(_session(root, folder / "product"))
        driver = ends.enter_context(plain_browser(folder / "peers", root))
        details = [f"{root}/company/view_cand_details.php?cand_id={number}" for number in people]
        resumes = [f"{root}/company/download.php?cand_id={number}" for number in people]
        listings = [Listing(number, url) for number, url in zip(people, details, strict=True)]
        door = str(driver.capabilities["goog:chromeOptions"]["debuggerAddress"])
        yield _Bench(
            product=partial(_product, _Walked(session, listings), folder),
            loop=lambda: _timed(PEOPLE, lambda: print_only(door, resumes, AT_ONCE)),
            script=lambda: _timed(CLICKED_THROUGH, lambda: click_through(driver, details[:CLICKED_THROUGH])),
            most_at_once=lambda: _most_at_once(root, token),
        )


def _timed(count: int, work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return count / (time.perf_counter() - started)


def _product(session: _Walked, root: Path) -> float:
    """Run one whole job with its own folder and records; return resumes per second."""
    place = Path(tempfile.mkdtemp(dir=root))
    folder = place / "resumes"
    folder.mkdir()
    store = AgentStore(place / "agent.sqlite3", _now)
    try:
        job, _ = store.create_job(
            uuid4(), JobRequest(rank=portal_ranks()[0], ship_type=portal_ship_types()[0])
        )
        started = time.perf_counter()
        done = run_job(job.job_id, session, LocalResumeFiles(), store, folder, _now, go_on)
        took = time.perf_counter() - started
    finally:
        store.close()
    files = sum(1 for file in folder.rglob("*.pdf"))
    if (done.status, done.counts.stored, files) != (JobStatus.SUCCESS, PEOPLE, PEOPLE):
        raise RuntimeError(f"the product stored {done.counts.stored} of {PEOPLE} people, {files} files")
    return PEOPLE / took


@contextmanager
def _portal(token: str) -> Iterator[str]:
    command = [sys.executable, "-m", "demo.portal", "--die-with-parent"]
    command += ["--seed", str(SEED), "--latency-ms", str(LATENCY_MS)]
    environment = os.environ | {"NJORDHR_PORTAL_CONTROL_TOKEN": token}
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment
    ) as process:
        assert process.stdout is not None
        try:
            yield process.stdout.readline().split()[-1]
        finally:
            process.terminate()


@contextmanager
def _session(root: str, profiles: Path) -> Iterator[SeleniumPortalSession]:
    settings = PortalSettings(
        login_url=f"{root}/seajob_login.php",
        dashboard_url=f"{root}/company/dashboard.php",
        concurrency=AT_ONCE,
        requests_per_second=100,
    )
    session = SeleniumPortalSession(lambda: settings, BrowserOptions(None, None, True, profiles), _now)
    try:
        session.start(PortalCredentials(DEMO_ACCOUNT.username, DEMO_ACCOUNT.password, DEMO_ACCOUNT.phone))
        with urllib.request.urlopen(f"{root}/phone.json") as answer:
            otp = str(json.load(answer)["otp"])
        said = session.verify_otp(otp)
        if said.state is not SessionState.CONNECTED:
            raise RuntimeError(f"the simulated portal did not let us in: {said.state}, {said.reason}")
        yield session
    finally:
        session.disconnect()


def _most_at_once(root: str, token: str) -> int:
    request = urllib.request.Request(f"{root}/control/counters", headers={"Authorization": f"Bearer {token}"})
    with urllib.request.urlopen(request) as answer:
        return int(json.load(answer)["max_concurrent"])


def _now() -> datetime:
    return datetime.now(UTC)
