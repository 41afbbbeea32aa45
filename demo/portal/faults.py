"""What goes wrong on purpose: faults are data, given at start or through the control route."""

import threading
from collections.abc import Sequence
from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field


class Page(StrEnum):
    """The kinds of pages that the portal serves."""

    LOGIN = "login"
    SEND_OTP = "send_otp"
    SUBMIT_OTP = "submit_otp"
    DASHBOARD = "dashboard"
    LIST = "list"
    DETAILS = "details"
    RESUME = "resume"


class FaultKind(StrEnum):
    """What a fault does to a page."""

    END_SESSION = "end_session"
    LOGIN_PAGE = "login_page"
    ALERT = "alert"
    BROKEN = "broken"
    HALF = "half"
    EMPTY = "empty"
    SLOW = "slow"
    SERVER_ERROR = "server_error"
    TOO_MANY_REQUESTS = "too_many_requests"
    CAPTCHA = "captcha"
    LIMIT = "limit"
    NOBODY = "nobody"
    NOBODY_WITH_TABLE = "nobody_with_table"
    MISSING_ELEMENT = "missing_element"
    CHANGED_RESUME = "changed_resume"


class Element(StrEnum):
    """The elements that a page can be made to lack."""

    COMPANY = "company"
    USERNAME = "username"
    PASSWORD = "password"  # noqa: S105 - the name of a form field
    PHONE = "phone"
    SEND_OTP = "sendotp"
    OTP = "otp"
    LISTS = "lists"
    TABLE = "table"
    RANK = "rank"
    SHIP = "ship"
    SUBMIT = "submit"
    DETAILS_LINK = "details_link"
    DOWNLOAD_LINK = "download_link"
    NAME = "name"


class Fault(BaseModel):
    """One thing that goes wrong.

    Attributes:
        page: on which pages; all without one.
        candidate: only on this person's pages.
        after: that many matching requests pass first.
        times: how often it strikes; always without a number.
        seconds: of a slow page, or of `Retry-After`.
        element: what a page lacks.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: FaultKind
    page: Page | None = None
    candidate: str | None = Field(default=None, pattern=r"^[0-9]{1,20}$")
    after: int = Field(default=0, ge=0)
    times: int | None = Field(default=None, ge=1)
    seconds: float = Field(default=2.0, ge=0, le=600)
    element: Element | None = None

    def fits(self, page: Page, candidate: str | None) -> bool:
        """Tell whether the fault is about this request at all."""
        return self.page in (None, page) and self.candidate in (None, candidate)

    def strikes(self, earlier: int) -> bool:
        """Tell whether it strikes a request before which ``earlier`` ones fitted."""
        return earlier >= self.after and (self.times is None or earlier < self.after + self.times)


class FaultList(BaseModel):
    """The body of the control route: these faults, and no others, from now on."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    faults: tuple[Fault, ...] = Field(default=(), max_length=100)


class FaultPlan:
    """The faults of a running site and how often each one's turn has come. Any thread."""

    def __init__(self, faults: Sequence[Fault] = ()) -> None:
        """Start with these faults."""
        self._lock = threading.Lock()
        self._faults: tuple[Fault, ...] = tuple(faults)
        self._seen: list[int] = [0] * len(self._faults)

    def replace(self, faults: Sequence[Fault]) -> None:
        """Set other faults; their counts start anew."""
        with self._lock:
            self._faults = tuple(faults)
            self._seen = [0] * len(self._faults)

    def current(self) -> tuple[Fault, ...]:
        """Return the faults that are set."""
        with self._lock:
            return self._faults

    def strike(self, page: Page, candidate: str | None) -> tuple[Fault, ...]:
        """Return the faults that strike this request, and count it."""
        struck: list[Fault] = []
        with self._lock:
            for index, fault in enumerate(self._faults):
                if fault.fits(page, candidate):
                    if fault.strikes(self._seen[index]):
                        struck.append(fault)
                    self._seen[index] += 1
        return tuple(struck)
