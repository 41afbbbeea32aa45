"""The updater: looks for a new version, fetches it beside the one that runs, and has it started when told.

Its thread works; what the page asks is noted and looked at there. Nothing of it is in a download's way: a
restart under a running download of resumes happens only when the person said so.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

import structlog

from agent_core.errors import RequestError
from agent_core.logs import fault_of
from agent_core.ports import EndedUpdate, RestartWhen, UpdateState, UpdateStatus
from desktop.updater import chart, schedule
from desktop.updater.board import Board
from desktop.updater.parts import Installation, Source
from desktop.updater.taking import Taking
from protocol.reasons import Reason
from update_manifest.errors import UpdateError, UpdateReason

if TYPE_CHECKING:
    from update_manifest.catalogue import Catalogue
    from update_manifest.selection import Offer

_WORDS = {reason.value: reason for reason in Reason}
LONGEST_WAIT_SECONDS = 60.0
"""A computer that slept is noticed by its clock, not by a wait."""


@dataclass(frozen=True)
class Program:
    """What the updater may ask of the program around it.

    Attributes:
        is_downloading: whether a download of resumes runs.
        restart: ends the program and starts it as whatever is to run; by night without disturbing anybody.
        tell: records how an update ended, for the office.
    """

    is_downloading: Callable[[], bool]
    restart: Callable[[RestartWhen], None]
    tell: Callable[[EndedUpdate], None]


class Updater:
    """Implements `agent_core.ports.Updates`."""

    def __init__(
        self,
        source: Source,
        installation: Installation,
        program: Program,
        first: UpdateStatus,
        *,
        clock: Callable[[], datetime],
        jitter: Callable[[], float],
    ) -> None:
        """Join the parts; nothing runs before ``start``.

        Args:
            source: has releases.
            installation: takes them.
            program: is restarted.
            first: what is known at the start.
            clock: this computer's time, in its zone.
            jitter: returns 0 to 1.
        """
        self._source = source
        self._installation = installation
        self._program = program
        self._clock = clock
        self._jitter = jitter
        self._board = Board(first)
        self._taking = Taking(source, installation, self._board, self._must_stop)
        self._wake = threading.Event()
        self._stopping = False
        self._asked = False
        self._is_paused = False
        self._is_clean = False
        self._failures = 0
        self._next_look = clock() + schedule.FIRST_LOOK
        self._night: datetime | None = None
        self._offer: tuple[Offer, Catalogue] | None = None
        self._thread = threading.Thread(target=self._run, name="updater", daemon=True)

    # What the page asks

    def status(self) -> UpdateStatus:
        """Return what is known now."""
        return self._board.status

    def check(self) -> None:
        """Look for a new version now, whatever the roll-out's stage."""
        self._asked = True
        self._board.note(is_checking=True)
        self._wake.set()

    def download(self, *, go_on: bool) -> None:
        """Fetch what is offered or go on with it; or pause."""
        self._is_paused = not go_on
        self._wake.set()

    def restart(self, when: RestartWhen, *, even_if_downloading: bool = False) -> None:
        """Start as the version that is ready.

        Raises:
            RequestError: nothing is ready, or a download of resumes runs and ``when`` is now.
        """
        if self._board.state not in chart.ON_DISK:
            raise RequestError(Reason.UPDATE_NOT_READY)
        is_now = when is RestartWhen.NOW
        if is_now and not even_if_downloading and self._program.is_downloading():
            raise RequestError(Reason.AGENT_RESTART_INTERRUPTS)
        night = schedule.tonight(self._clock(), self._jitter()) if when is RestartWhen.TONIGHT else None
        self._night = night
        self._board.note(restart=when, restart_at=_text(night))
        self._wake.set()

    # Its life

    def start(self) -> None:
        """Begin to work; a version that was on probation is good now."""
        if self._board.state is UpdateState.PROBATION:
            self._board.move(UpdateState.COMMITTED, ended=self._installation.ended())
        self._thread.start()

    def stop(self, timeout_seconds: float) -> bool:
        """End the thread, and what it fetches; tell whether it ended in time."""
        self._stopping = True
        self._wake.set()
        if self._thread.is_alive():
            self._thread.join(timeout_seconds)
        return not self._thread.is_alive()

    def _run(self) -> None:
        self.safely(self._tell)
        while not self._stopping:
            left = (self._next_look - self._clock()).total_seconds()
            self._wake.wait(max(0.0, min(left, LONGEST_WAIT_SECONDS)))
            self._wake.clear()
            if not self._stopping:
                self.safely(self.step)

    def _tell(self) -> None:
        ended = self._board.status.ended
        if ended is not None:
            self._program.tell(ended)

    def safely(self, work: Callable[[], None]) -> None:
        """Do a step. One that failed is no end, and nothing of the version that runs was touched."""
        try:
            work()
        except UpdateError as error:
            self._fail(error.reason)
        except Exception as error:  # noqa: BLE001 - it must neither end the program nor die silently
            structlog.get_logger().error("update_step_failed", **fault_of(error))
            self._fail(UpdateReason.NOT_STORED)

    # One step

    def step(self) -> None:
        """Do whatever is due.

        Raises:
            UpdateError: something was refused on the way.
        """
        if self._asked or schedule.is_due(self._clock(), self._next_look):
            self._look()
        self._take_what_is_offered()
        self._start_what_is_ready()

    def _look(self) -> None:
        by_hand, self._asked = self._asked, False
        was = self._board.state
        if was in chart.WAITING:
            self._board.note(is_checking=True)
        else:
            self._board.offer_nothing(UpdateState.CHECKING, is_checking=True)
        try:
            catalogue = self._source.look()
        except UpdateError as error:
            self._not_confirmed(error.reason)
            return
        self._failures = 0
        self._plan()
        self._judge(catalogue, by_hand)

    def _not_confirmed(self, reason: UpdateReason) -> None:
        """Stay as it was: nothing was believed, so nothing changed."""
        structlog.get_logger().info("update_not_confirmed", reason=reason.value)
        self._failures += 1
        self._plan()
        if self._board.state is UpdateState.CHECKING:
            self._board.move(UpdateState.IDLE)
        self._board.note(
            is_checking=False, not_confirmed=reason_of(reason), checked_at=_text(self._source.freshness())
        )

    def _judge(self, catalogue: "Catalogue", by_hand: bool) -> None:
        from update_manifest.selection import Held, cancelled, choose  # noqa: PLC0415 - late, as all of it

        installed = self._installation.installed()
        fresh = _text(self._source.freshness())
        is_unsafe = _is_unsafe(catalogue, installed.version)
        self._board.note(is_checking=False, not_confirmed=None, checked_at=fresh, is_unsafe=is_unsafe)
        waits = self._installation.pending() or self._installation.staged()
        stopped = cancelled(catalogue, waits) if waits is not None else None
        if waits is not None and stopped is not None:
            self._installation.cancel(waits, stopped)
            self._hold(waits, stopped)
            waits = None
        found = choose(catalogue, installed, by_hand=by_hand, bad=self._installation.bad())
        self._clean_up(None if found is None or isinstance(found, Held) else found)
        if found is not None and not isinstance(found, Held):
            self._offered(found, catalogue, waits)
        elif waits is not None and self._board.state in chart.ON_DISK:
            return  # it was for somebody who asked by hand, and nobody stopped it
        elif isinstance(found, Held):
            self._hold(found.version, found.reason)
        elif stopped is None:
            self._offer = None
            self._board.offer_nothing(UpdateState.IDLE)

    def _hold(self, version: str, reason: UpdateReason) -> None:
        self._offer = None
        if self._board.state is UpdateState.HELD:
            self._board.note(offered=version, reason=reason_of(reason))
        else:
            self._board.offer_nothing(UpdateState.HELD, offered=version, reason=reason_of(reason))

    def _offered(self, offer: "Offer", catalogue: "Catalogue", waits: str | None) -> None:
        release, state = offer.release, self._board.state
        about: dict[str, Any] = {
            "notes": release.notes,
            "is_critical": release.critical,
            "is_writable": self._installation.is_writable(),
        }
        is_same = self._board.status.offered == release.version
        self._offer = offer, catalogue
        if is_same and state in chart.WAITING:
            self._board.note(**about)
        else:
            if state is UpdateState.HELD:  # what waited was stopped just now, and there is another one
                self._board.move(UpdateState.CHECKING)
            about["total_bytes"] = (offer.delta or release).length
            self._board.offer_nothing(UpdateState.OFFERED, offered=release.version, **about)
        if waits == release.version and self._board.state in {UpdateState.OFFERED, UpdateState.READY}:
            self._taking.make_ready(release.version)

    def _take_what_is_offered(self) -> None:
        status = self._board.status
        wants = status.is_writable and status.state in {UpdateState.OFFERED, UpdateState.PAUSED}
        if self._offer is None or not wants:
            return
        if not self._is_paused:
            offer, catalogue = self._offer
            self._taking.take(offer, catalogue)
            self._failures = 0
        elif status.state is UpdateState.OFFERED:
            self._board.move(UpdateState.PAUSED)

    def _start_what_is_ready(self) -> None:
        status, night = self._board.status, self._night
        if status.state not in chart.ON_DISK:
            return
        if status.restart is RestartWhen.NOW:
            self._program.restart(RestartWhen.NOW)
        elif status.restart is RestartWhen.TONIGHT and night is not None:
            now = self._clock()
            if schedule.may_restart(now, night, is_downloading=self._program.is_downloading()):
                self._program.restart(RestartWhen.TONIGHT)
            elif now >= night + schedule.NIGHT_LASTS:
                self.restart(RestartWhen.TONIGHT)

    # Small things

    def _clean_up(self, offer: "Offer | None") -> None:
        """Remove once what is needed no more, but not what already arrived of what is offered."""
        if not self._is_clean:
            wanted = () if offer is None else (offer.release.sha256, offer.delta and offer.delta.sha256)
            self._installation.clean_up(frozenset(one for one in wanted if one))
            self._is_clean = True

    def _must_stop(self) -> bool:
        return self._stopping or self._is_paused

    def _fail(self, reason: UpdateReason) -> None:
        structlog.get_logger().warning("update_failed", reason=reason.value)
        self._failures += 1
        self._plan()
        if UpdateState.FAILED in chart.FOLLOWS[self._board.state]:
            self._offer = None
            self._board.move(UpdateState.FAILED, reason=reason_of(reason), is_checking=False)
        else:
            self._board.note(reason=reason_of(reason), is_checking=False)

    def _plan(self) -> None:
        self._next_look = schedule.next_look(self._clock(), self._failures, self._jitter())


def reason_of(reason: UpdateReason) -> Reason:
    """Return the reason with its words."""
    return _WORDS[reason.value]


def _is_unsafe(catalogue: "Catalogue", version: str) -> bool:
    from update_manifest.manifest import version_key  # noqa: PLC0415 - late, as all of it

    safe = catalogue.releases.min_safe
    return safe is not None and version_key(version) < version_key(safe)


def _text(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat(timespec="seconds")
