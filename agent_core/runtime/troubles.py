"""Whether the portal and the folder can be used, as far as is known, and when it is time to look again."""

from dataclasses import dataclass

from agent_core.downloads.queue import (
    FOLDER_TROUBLE,
    NEEDS_SOMEBODY,
    OWN_WISHES,
    PORTAL_TROUBLE,
    Circumstances,
)
from protocol.reasons import Reason

FIRST_LOOK_SECONDS = 10.0
LONGEST_SECONDS = 300.0


@dataclass
class Troubles:
    """What kept the last download from going on; each time in a row it is looked at later.

    Attributes:
        portal_answers: false after a download that had to wait for the portal.
        folder_is_fine: the same of the folder and the disk.
        in_a_row: how many looks and downloads ended in trouble, one after the other.
        look_at: when it is time to look again, in ticks; absent without trouble.
    """

    portal_answers: bool = True
    folder_is_fine: bool = True
    in_a_row: int = 0
    look_at: float | None = None

    def circumstances(self, connected: bool) -> Circumstances:
        """Return how things stand."""
        return Circumstances(connected, self.portal_answers, self.folder_is_fine)

    def forget(self) -> None:
        """Take it that all is well: a login worked, or somebody wants to try now."""
        self.portal_answers = self.folder_is_fine = True
        self.in_a_row = 0
        self.look_at = None

    def look_at_once(self) -> None:
        """Take it that it is time to look: somebody changed what may have been wrong."""
        if self.look_at is not None:
            self.look_at = 0.0

    def after(self, reason: Reason | None, connected: bool, now: float) -> None:
        """Take in why a download waits, if it does.

        A session that is said to be over and still stands as connected is trouble too, or the download would
        be started again and again.
        """
        ended = reason is not None and reason not in FOLDER_TROUBLE | OWN_WISHES | NEEDS_SOMEBODY
        portal_fails = reason in PORTAL_TROUBLE or (ended and connected)
        self._set(not portal_fails, reason not in FOLDER_TROUBLE, now)
        if self.look_at is None:
            self.in_a_row = 0

    def is_time(self, now: float) -> bool:
        """Tell whether it is time to look again."""
        return self.look_at is not None and now >= self.look_at

    def looked(self, portal_answers: bool, folder_is_fine: bool, now: float) -> None:
        """Take in what a look found; the next download shows whether that is true, so the count stays."""
        self._set(portal_answers, folder_is_fine, now)

    def _set(self, portal_answers: bool, folder_is_fine: bool, now: float) -> None:
        self.portal_answers, self.folder_is_fine = portal_answers, folder_is_fine
        self.look_at = None
        if not (portal_answers and folder_is_fine):
            self.look_at = now + min(LONGEST_SECONDS, FIRST_LOOK_SECONDS * 2.0**self.in_a_row)
            self.in_a_row = min(self.in_a_row + 1, 10)
