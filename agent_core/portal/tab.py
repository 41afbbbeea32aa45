"""A tab that is driven by its own line to the browser, beside others at the same time.

It keeps the promises of `page.Page` as the driver's window does: a command waits until the page that is
coming is there, an alert is accepted whenever it opens, and a page that does not let go is left for a new
tab. The login is the browser's, so that every tab has it.
"""

import base64
import json
import time
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, TypeVar

from agent_core.errors import PortalError, PortalSessionError
from agent_core.portal import responses
from agent_core.portal.devtools import Line, LineClosedError, NoAnswerError, RefusedError
from agent_core.portal.loading import Loading
from agent_core.portal.page import MOST_ALERTS, PRINT_OPTIONS, Answer
from agent_core.portal.plain_text import plain
from agent_core.portal.polling import poll
from agent_core.portal.tabs import Tabs
from protocol.reasons import Reason

T = TypeVar("T")

_WHOLE_SECONDS = 2.0
"""So much later than the page itself the network may say whether all of it came."""

_UNSEEN_SECONDS = 0.03
"""A pause that is longer than this is one in which a page makes somebody wait."""

_NEWS_SECONDS = 0.2
"""A command that fails because the page goes on to another one is told before that."""

_CALL = "(function () {{ {}\n }}).apply(null, {})"


class Tab:
    """A `Page` in a tab of its own. One thread."""

    def __init__(self, tabs: Tabs, seconds: float) -> None:
        """Open the tab.

        Args:
            tabs: of the browser.
            seconds: how long a page may take.

        Raises:
            PortalSessionError: the browser is gone.
        """
        self._tabs = tabs
        self._seconds = seconds
        self._alerts: list[str] = []
        self._alerts_in_a_row = 0
        self._answer = Answer()
        self._is_stuck = self._is_abandoned = False
        self._start()

    def open(self, url: str) -> None:
        """See `Page`."""
        if self._is_abandoned:
            raise PortalError(Reason.JOB_INTERRUPTED)
        if self._is_stuck:
            self._begin_anew()
        self._answer = Answer()
        self._loading.begin()
        try:
            self._do(lambda deadline: self._navigate(url, deadline))
        except RefusedError as error:
            raise PortalError(Reason.PORTAL_CHANGED, "not an address") from error

    def run(self, script: str, *arguments: Any) -> Any:
        """See `Page`."""
        expression = _CALL.format(script, json.dumps(arguments))
        try:
            result = self._steadily("Runtime.evaluate", expression=expression, returnByValue=True)
        except RefusedError as error:
            raise PortalError(Reason.PORTAL_CHANGED, "a script was refused") from error
        if "exceptionDetails" in result:
            raise PortalError(Reason.PORTAL_CHANGED, "a script failed")
        return plain(result.get("result", {}).get("value"))

    def until(self, script: str, *arguments: Any, seconds: float, or_alert: bool = False) -> Any:
        """See `Page`."""
        return poll(
            lambda: self.run(script, *arguments),
            seconds,
            lambda pause: self._do(lambda _: self._pause(pause)),
            lambda: or_alert and bool(self._alerts),
        )

    def alerts(self) -> tuple[str, ...]:
        """See `Page`."""
        texts, self._alerts = tuple(self._alerts), []
        return texts

    def answer(self) -> Answer:
        """See `Page`."""
        self._do(lambda _: self._line.listen(0))
        return self._answer

    def source(self) -> str | None:
        """See `Page`."""
        self._do(lambda _: self._line.listen(_WHOLE_SECONDS, lambda: self._answer.is_over))
        if not self._answer.request_id:
            return None
        asked = {"requestId": self._answer.request_id}
        try:
            body = self._do(lambda deadline: self._line.call("Network.getResponseBody", deadline, **asked))
        except RefusedError:
            return None  # the browser keeps documents only for a while
        text = str(body.get("body", ""))
        return base64.b64decode(text).decode("utf-8", "replace") if body.get("base64Encoded") else text

    def print_pdf(self, *, tagged: bool = False) -> bytes:
        """See `Page`."""
        try:
            printed = self._steadily("Page.printToPDF", **PRINT_OPTIONS, generateTaggedPDF=tagged)
        except RefusedError as error:
            raise PortalError(Reason.RESUME_PRINT) from error
        return base64.b64decode(printed["data"])

    def abandon(self) -> None:
        """Close the tab, whatever its page does; any thread. What runs in it ends with an error."""
        self._is_abandoned = True
        self._tabs.close(self._handle)

    def close(self) -> None:
        """Close the tab and the line to it."""
        self._line.close()
        self._tabs.close(self._handle)

    def _start(self) -> None:
        self._is_seen = False
        self._handle = self._tabs.lend()
        self._loading = Loading(self._handle)
        try:
            self._line = Line(self._tabs.address, self._handle, self._heed)
            deadline = time.monotonic() + self._seconds
            for command in ("Inspector.enable", "Page.enable", "Network.enable"):
                self._line.call(command, deadline)
            self._line.call("Page.setLifecycleEventsEnabled", deadline, enabled=True)
        except (LineClosedError, NoAnswerError, RefusedError) as error:
            raise PortalSessionError(Reason.BROWSER_GONE, type(error).__name__) from error

    def _begin_anew(self) -> None:
        """Leave a page that does not let go."""
        self.close()
        self._alerts.clear()
        self._is_stuck = False
        self._start()

    def _navigate(self, url: str, deadline: float) -> None:
        self._be_seen(False)
        gone = self._line.call("Page.navigate", deadline, url=url)
        if gone.get("errorText"):
            code = str(gone["errorText"])
            raise PortalError(
                responses.network_reason(code) or Reason.PORTAL_CHANGED, responses.error_code(code)
            )
        document = gone.get("loaderId")
        if document is None:
            self._loading.give_up()
        else:
            self._wait(deadline, lambda: self._loading.has_come(str(document)))

    def _pause(self, seconds: float) -> None:
        if seconds > _UNSEEN_SECONDS:
            self._be_seen(True)
        self._line.listen(seconds)

    def _be_seen(self, wanted: bool) -> None:
        """Have the page believe that somebody looks at it: one that draws itself late may wait for that.

        It is not so from the start, because painting what nobody sees costs a seventh of all the time.
        """
        if wanted != self._is_seen:
            self._line.tell("Emulation.setFocusEmulationEnabled", enabled=wanted)
            self._is_seen = wanted

    def _steadily(self, command: str, **parameters: Any) -> Mapping[str, Any]:
        """Give a command to the page that is there; again, if it went on to another one meanwhile.

        Raises:
            RefusedError: the page stayed, and the command failed.
        """
        return self._do(lambda deadline: self._once_steady(deadline, command, parameters))

    def _once_steady(self, deadline: float, command: str, parameters: Mapping[str, Any]) -> Mapping[str, Any]:
        while True:
            self._wait(deadline, lambda: self._loading.is_there)
            document = self._loading.shown
            try:
                result = self._line.call(command, deadline, **parameters)
            except RefusedError:
                self._line.listen(_NEWS_SECONDS, partial(self._loading.goes_on_from, document))
                if not self._loading.goes_on_from(document):
                    raise
                continue
            if self._loading.shown == document:
                return result

    def _wait(self, deadline: float, until: Callable[[], bool]) -> None:
        self._line.listen(max(0.0, deadline - time.monotonic()), until)
        if not until():
            raise NoAnswerError("the page")

    def _do(self, act: Callable[[float], T]) -> T:
        """Act within the time that a page may take."""
        self._alerts_in_a_row = 0
        try:
            return act(time.monotonic() + self._seconds)
        except NoAnswerError as error:
            self._is_stuck = True
            raise PortalError(Reason.PORTAL_SLOW) from error
        except LineClosedError as error:
            self._is_stuck = True
            self._tabs.look()
            raise PortalError(Reason.PORTAL_CHANGED, "the page closed its tab") from error

    def _heed(self, event: str, parameters: Mapping[str, Any]) -> None:
        if event == "Page.javascriptDialogOpening":
            self._accept(str(parameters.get("message", "")))
        elif event == "Inspector.targetCrashed":
            raise LineClosedError("crashed")
        elif event.startswith("Network."):
            self._answer = responses.fold_event(self._answer, event, parameters, self._handle)
        elif event.startswith("Page."):
            self._loading.heed(event, parameters)

    def _accept(self, text: str) -> None:
        self._alerts.append(plain(text))
        self._alerts_in_a_row += 1
        if self._alerts_in_a_row > MOST_ALERTS:
            self._is_stuck = True
            raise PortalError(Reason.PORTAL_CHANGED, "alerts without end")
        self._line.tell("Page.handleJavaScriptDialog", accept=True)
