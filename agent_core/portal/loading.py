"""Whether a tab's document is there, from what the browser tells of its main frame. No I/O."""

from collections.abc import Mapping
from typing import Any

_WITHIN = ("sameDocument", "historySameDocument")

SOON_SECONDS = 1.0
"""A page that is about to go on to another one so soon is not there yet."""


class Loading:
    """What is known of the document of one frame.

    Attributes:
        shown: the name of the document that is shown.
    """

    def __init__(self, frame_id: str) -> None:
        """Know nothing; nothing is on its way."""
        self._frame = frame_id
        self._is_scheduled = False
        self._has_started = False
        self.shown = ""
        self._parsed = ""
        self._came: set[str] = set()

    @property
    def is_there(self) -> bool:
        """Whether the document that is shown was read to its end, and no other is coming."""
        return not (self._is_scheduled or self._has_started) and self.shown == self._parsed

    def goes_on_from(self, document: str) -> bool:
        """Tell whether another document than this is shown or coming."""
        return self.shown != document or not self.is_there

    def begin(self) -> None:
        """Forget what has come; something is on its way."""
        self._came.clear()
        self._has_started = True

    def has_come(self, document: str) -> bool:
        """Tell whether this document was shown since `begin`, and the one that is shown now is there."""
        return document in self._came and self.is_there

    def give_up(self) -> None:
        """Nothing is on its way after all: the address was within the document that is shown."""
        self._has_started = False

    def heed(self, event: str, parameters: Mapping[str, Any]) -> None:
        """Take in an event of the ``Page`` domain."""
        if event == "Page.frameNavigated":
            frame = parameters.get("frame", {})
            if frame.get("id") == self._frame:
                self._show(str(frame.get("loaderId", "")))
        elif parameters.get("frameId") == self._frame:
            self._heed_frame(event, parameters)

    def _show(self, document: str) -> None:
        self._is_scheduled = self._has_started = False
        self.shown = document
        self._came.add(document)

    def _heed_frame(self, event: str, parameters: Mapping[str, Any]) -> None:
        if event == "Page.lifecycleEvent" and parameters.get("name") == "DOMContentLoaded":
            self._parsed = str(parameters.get("loaderId", ""))
        elif event == "Page.frameScheduledNavigation":
            self._is_scheduled = float(parameters.get("delay", 0)) <= SOON_SECONDS
        elif event == "Page.frameClearedScheduledNavigation":
            self._is_scheduled = False
        elif event in ("Page.frameStartedNavigating", "Page.frameRequestedNavigation"):
            self._has_started = parameters.get("navigationType") not in _WITHIN
        elif event == "Page.frameStoppedLoading":
            self._has_started = False
            self._parsed = self.shown  # one that breaks off in the middle is never read to its end
