"""Fetching what is offered and putting it on the disk: by a delta where one fits, else whole."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import structlog

from agent_core.ports import RestartWhen, UpdateState
from desktop.updater.board import Board
from desktop.updater.parts import Installation, Source
from update_manifest.errors import UpdateError, UpdateReason

if TYPE_CHECKING:
    from update_manifest.catalogue import Catalogue
    from update_manifest.releases import Delta, Release
    from update_manifest.selection import Offer

_OF_THE_WAY = frozenset({UpdateReason.UNREACHABLE, UpdateReason.SLOW, UpdateReason.INTERRUPTED})
"""A delta that did not arrive is asked for again; one that did not fit is given up for the whole archive."""


class Taking:
    """The updater's thread only."""

    def __init__(
        self, source: Source, installation: Installation, board: Board, must_stop: Callable[[], bool]
    ) -> None:
        """Join the parts.

        Args:
            source: has the files.
            installation: takes them.
            board: is told how far it is.
            must_stop: whether to leave off, as when the person pauses it.
        """
        self._source = source
        self._installation = installation
        self._board = board
        self._must_stop = must_stop

    def take(self, offer: "Offer", catalogue: "Catalogue") -> bool:
        """Fetch and stage what is offered; tell whether it is on the disk now, or was paused.

        Raises:
            UpdateError: it did not arrive, is not what was signed, or the disk would not have it.
        """
        self._board.move(UpdateState.DOWNLOADING, reason=None)
        try:
            if offer.delta is None or not self._by_delta(catalogue, offer.release, offer.delta):
                self._fetch_and_stage(catalogue, offer.release, None)
        except UpdateError as error:
            if error.reason is not UpdateReason.INTERRUPTED:
                raise
            self._board.move(UpdateState.PAUSED)
            return False
        self.make_ready(offer.release.version)
        return True

    def make_ready(self, version: str) -> None:
        """Have a version that is on the disk start next, whenever that is; the person may want it sooner.

        Raises:
            UpdateError: it cannot be.
        """
        if self._board.state is not UpdateState.READY:
            self._board.move(UpdateState.READY)
        self._installation.make_pending(version)
        self._board.move(UpdateState.PENDING, restart=RestartWhen.AT_NEXT_START)
        structlog.get_logger().info("update_ready", version=version)

    def _by_delta(self, catalogue: "Catalogue", release: "Release", delta: "Delta") -> bool:
        """Tell whether a delta did it, which fails where the files here are not what it starts from."""
        try:
            self._fetch_and_stage(catalogue, release, delta)
        except UpdateError as error:
            if error.reason in _OF_THE_WAY:
                raise
            structlog.get_logger().info("update_delta_given_up", reason=error.reason.value)
            if self._board.state is UpdateState.VERIFIED:
                self._board.move(UpdateState.DOWNLOADING)
            return False
        return True

    def _fetch_and_stage(self, catalogue: "Catalogue", release: "Release", delta: "Delta | None") -> None:
        artifact = self._source.fetch(catalogue, delta or release, self._progress, self._must_stop)
        self._board.move(UpdateState.VERIFIED)
        self._installation.stage(release, artifact, delta)
        artifact.unlink(missing_ok=True)
        self._board.move(UpdateState.STAGED)

    def _progress(self, done: int, total: int) -> None:
        self._board.note(done_bytes=done, total_bytes=total)
