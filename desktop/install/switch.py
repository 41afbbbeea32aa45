"""Which version starts next: what the program and the installers may change of it. Standard library only."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from desktop.install.journal import Happened, Journal
from desktop.install.outcome import Outcome
from desktop.install.places import Places
from desktop.install.state import InstallState, PersonFiles, StateBusyError, StateFile, StateUnreadableError
from desktop.install.versions import version_there
from update_manifest.errors import UpdateError, UpdateReason

TRIES: Final = 2
"""Starts that may fail before a version is taken back."""


def adopt(places: Places, version: str) -> InstallState:
    """Have the version that an installer has put there start from now on; what was tried is forgotten.

    Raises:
        UpdateError: `NOT_READY`: it is not there; `BUSY`; `NOT_STORED`: the disk would not have it.
    """
    there = version_there(places, version)
    if there is None:
        raise UpdateError(UpdateReason.NOT_READY, {"version": version})
    file = StateFile(places.state)

    def adopted(state: InstallState) -> InstallState:
        previous = state.good if state.good != version else state.previous
        staged = state.staged if state.staged != version else None
        bad = tuple(name for name in state.bad if name != version)
        known = replace(state.without_pending(), current=version, good=version, previous=previous)
        return replace(known, staged=staged, bad=bad, max_build=max(state.max_build, there.build))

    try:
        try:
            state = file.change(adopted)
        except StateUnreadableError:
            state = InstallState(version, version, max_build=there.build)
            file.begin(state)
    except StateBusyError as error:
        raise UpdateError(UpdateReason.BUSY) from error
    except OSError as error:
        raise UpdateError(UpdateReason.NOT_STORED, {"error": type(error).__name__}) from error
    Journal(places.journal).note(Happened.INSTALLED, version, {"build": there.build})
    return state


def make_pending(places: Places, version: str, person: PersonFiles | None) -> InstallState:
    """Have a version start next, on probation.

    Args:
        places: of the installation.
        version: which was staged.
        person: what is saved before it starts.

    Raises:
        UpdateError: `NOT_READY`: it is not there whole, or another one is on probation; `FAILED_HERE`;
            `BUSY`; `NOT_STORED`.
    """
    if version_there(places, version) is None:
        raise UpdateError(UpdateReason.NOT_READY, {"version": version})

    def pending(state: InstallState) -> InstallState:
        if version in state.bad:
            raise UpdateError(UpdateReason.FAILED_HERE, {"version": version})
        if state.starts or version == state.good:
            raise UpdateError(UpdateReason.NOT_READY, {"version": version})
        staged = state.staged if state.staged != version else None
        return replace(state.without_pending(), pending=version, staged=staged, person=person)

    return _change(places, pending, Happened.PENDING, version)


def cancel(places: Places, version: str, reason: UpdateReason) -> InstallState:
    """Have a version that was stopped not start; what has started already is taken back by the launcher.

    Args:
        places: of the installation.
        version: staged or pending.
        reason: why.

    Raises:
        UpdateError: `BUSY` or `NOT_STORED`.
    """

    def cancelled(state: InstallState) -> InstallState:
        if state.staged == version:
            state = replace(state, staged=None)
        if state.pending != version:
            return state
        if state.starts:
            return replace(state, tries=max(state.tries, TRIES), why=reason.value)
        return state.without_pending()

    return _change(places, cancelled, Happened.CANCELLED, version)


def note_staged(places: Places, version: str) -> InstallState:
    """Keep a version that was just put there until it is made pending or cancelled.

    Raises:
        UpdateError: `BUSY` or `NOT_STORED`.
    """
    return _change(places, lambda state: replace(state, staged=version), Happened.STAGED, version)


def last_outcome(places: Places) -> Outcome | None:
    """Return how the last update ended; nothing when there was none."""
    try:
        return StateFile(places.state).read().outcome
    except StateUnreadableError:
        return None


def _change(
    places: Places, work: Callable[[InstallState], InstallState], happened: Happened, version: str
) -> InstallState:
    before: list[InstallState] = []

    def noted(state: InstallState) -> InstallState:
        before.append(state)
        return work(state)

    try:
        after = StateFile(places.state).change(noted)
    except StateUnreadableError as error:
        raise UpdateError(UpdateReason.NOT_READY, {"state": str(error)}) from error
    except StateBusyError as error:
        raise UpdateError(UpdateReason.BUSY) from error
    except OSError as error:
        raise UpdateError(UpdateReason.NOT_STORED, {"error": type(error).__name__}) from error
    if before != [after]:
        Journal(places.journal).note(happened, version)
    return after
