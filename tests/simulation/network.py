"""The network between an agent and the cloud: late, lossy, doubling, reordering, and sometimes not there.

An agent's HTTP client is replaced by `Line`; everything above it is the product's own.
"""

import json
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

import httpx

from protocol.problems import PROBLEM_MEDIA_TYPE, problem
from protocol.reasons import Reason
from tests.simulation.office_cloud import Answer, OfficeCloud
from tests.simulation.timeline import Timeline

CONNECT_TIMEOUT, READ_TIMEOUT = 5.0, 20.0
LONGEST_RETRY_AFTER = 240
INGEST = "/api/events/candidate"


@dataclass(frozen=True)
class Weather:
    """How likely each fault is, and how slow an answer; together the faults are below 1."""

    lost: float = 0.0
    answer_lost: float = 0.0
    late: float = 0.0
    doubled: float = 0.0
    reset: float = 0.0
    server_error: float = 0.0
    crash_inside: float = 0.0
    too_many: float = 0.0
    half: float = 0.0
    garbage: float = 0.0
    torn: float = 0.0
    slow: float = 0.2


FAIR = Weather()


@dataclass(frozen=True)
class Attempt:
    """One request as the network saw it.

    Attributes:
        boot: which run of the agent sent it.
        ended: when the agent had its answer, or gave up.
        answer: its status; 0 when there was none.
        reason: of a problem, or empty.
        retry_after: seconds that the cloud asked for; 0 without a wish.
    """

    boot: int
    path: str
    began: float
    ended: float
    answer: int
    reason: str = ""
    retry_after: int = 0


class Network:
    """One cloud, and the weather on the way to it."""

    def __init__(self, timeline: Timeline, cloud: OfficeCloud) -> None:
        self.timeline = timeline
        self.cloud = cloud
        self.weather = FAIR
        self.is_cut = False
        self.cloud_is_down = False
        self.attempts: list[Attempt] = []

    def join(self) -> None:
        self.is_cut = False

    def start_cloud(self) -> None:
        self.cloud_is_down = False

    def clear_up(self) -> None:
        self.weather, self.is_cut, self.cloud_is_down = FAIR, False, False

    def deliver(self, request: "Request") -> Answer:
        answer = self.cloud.handle(request.method, request.path, request.token, request.body)
        self.timeline.say(f"cloud {request.path} {answer[0]} {len(answer[2])}")
        return answer

    def draw(self) -> str:
        """Return which fault the next request meets; empty for none."""
        at = self.timeline.chance.random()
        for name, likely in vars(self.weather).items():
            if name != "slow":
                at -= likely
                if at < 0:
                    return name
        return ""


@dataclass(frozen=True)
class Request:
    """What an agent asks."""

    method: str
    path: str
    token: str
    body: bytes


class Line:
    """One run of an agent's way to the cloud. Stands in for its `httpx.Client`."""

    def __init__(self, network: Network, boot: int) -> None:
        self._network = network
        self._boot = boot

    def request(
        self, method: str, url: str, *, headers: dict[str, str] | None = None, content: bytes | None = None
    ) -> httpx.Response:
        token = (headers or {}).get("Authorization", "").removeprefix("Bearer ")
        request = Request(method, urlsplit(url).path, token, content or b"")
        began = self._network.timeline.now
        try:
            status, found, body = self._answer(request)
        except httpx.HTTPError as error:
            self._note(request, began, 0, type(error).__name__)
            raise
        self._note(request, began, status, _reason(found, body), int(found.get("Retry-After", 0)))
        return httpx.Response(status, headers=found, content=body)

    def _note(self, request: Request, began: float, status: int, reason: str, wait: int = 0) -> None:
        timeline = self._network.timeline
        timeline.say(f"agent {self._boot} {request.method} {request.path} {status} {reason}")
        self._network.attempts.append(
            Attempt(self._boot, request.path, began, timeline.now, status, reason, wait)
        )

    def _answer(self, request: Request) -> Answer:
        network, chance = self._network, self._network.timeline.chance
        sleep = network.timeline.sleep
        sleep(chance.random() * network.weather.slow)
        if network.is_cut:
            sleep(CONNECT_TIMEOUT)
            raise httpx.ConnectTimeout("cut")
        fault = "down" if network.cloud_is_down else network.draw()
        before = _BEFORE.get(fault)
        if before is not None:
            return before(self, request)
        if fault == "torn":
            request = replace(request, body=request.body[: len(request.body) // 2])
        answer = network.deliver(request) if fault != "torn" or _is_bytes(request) else _nginx(400)
        sleep(chance.random() * network.weather.slow)
        if self._is_cut_off():
            sleep(READ_TIMEOUT)
            raise httpx.ReadTimeout("cut")
        after = _AFTER.get(fault)
        return answer if after is None else after(self, request, answer)

    def _is_cut_off(self) -> bool:
        return self._network.is_cut

    # Faults before the cloud had the request

    def down(self, _: Request) -> Answer:
        return _nginx(503)

    def lost(self, _: Request) -> Answer:
        self._network.timeline.sleep(READ_TIMEOUT)
        raise httpx.ReadTimeout("lost")

    def reset(self, _: Request) -> Answer:
        raise httpx.ConnectError("reset")

    def late(self, request: Request) -> Answer:
        """It arrives after its sender gave up, and perhaps after what was sent later."""
        network = self._network
        network.timeline.later(network.timeline.chance.uniform(1, 90), lambda: network.deliver(request))
        network.timeline.sleep(READ_TIMEOUT)
        raise httpx.ReadTimeout("late")

    def server_error(self, _: Request) -> Answer:
        return _nginx(self._network.timeline.chance.choice((500, 502, 503, 504)))

    def crash_inside(self, request: Request) -> Answer:
        self._network.cloud.crash_during(request.method, request.path, request.token, request.body)
        raise httpx.RemoteProtocolError("crashed")

    def too_many(self, _: Request) -> Answer:
        wait = self._network.timeline.chance.choice((1, 7, 30, LONGEST_RETRY_AFTER))
        headers = {"Content-Type": PROBLEM_MEDIA_TYPE, "Retry-After": str(wait)}
        return 429, headers, problem(Reason.REQUEST_TOO_MANY, 429).model_dump_json().encode()

    def garbage(self, _: Request) -> Answer:
        return 200, {"Content-Type": "text/html"}, b"<html>Welcome to the hotel's network</html>"

    # Faults after it

    def answer_lost(self, _: Request, __: Answer) -> Answer:
        self._network.timeline.sleep(READ_TIMEOUT)
        raise httpx.ReadTimeout("answer lost")

    def doubled(self, request: Request, answer: Answer) -> Answer:
        network = self._network
        network.timeline.later(network.timeline.chance.uniform(0, 60), lambda: network.deliver(request))
        return answer

    def half(self, request: Request, answer: Answer) -> Answer:
        """Half an answer: cut off in the middle, or without some of its verdicts and in another order."""
        chance = self._network.timeline.chance
        if request.path != INGEST or answer[0] != 200 or chance.random() < 0.3:
            return answer[0], answer[1], answer[2][: len(answer[2]) // 2]
        verdicts = json.loads(answer[2])["verdicts"]
        kept = [verdict for verdict in verdicts if chance.random() < 0.7]
        chance.shuffle(kept)
        return answer[0], answer[1], json.dumps({"verdicts": kept}).encode()


_BEFORE = {
    "down": Line.down,
    "lost": Line.lost,
    "reset": Line.reset,
    "late": Line.late,
    "server_error": Line.server_error,
    "crash_inside": Line.crash_inside,
    "too_many": Line.too_many,
    "garbage": Line.garbage,
}
_AFTER = {"answer_lost": Line.answer_lost, "doubled": Line.doubled, "half": Line.half}


def _is_bytes(request: Request) -> bool:
    return request.path.startswith("/api/objects/")


def _nginx(status: int) -> Answer:
    return status, {"Content-Type": "text/html"}, b"<html>nginx</html>"


def _reason(headers: dict[str, str], body: bytes) -> str:
    if headers.get("Content-Type") != PROBLEM_MEDIA_TYPE:
        return ""
    try:
        return str(json.loads(body).get("reason", ""))
    except ValueError:  # cut off in the middle
        return ""
