"""The thread that asks the office what this computer is to do, and does it.

Only this computer asks, so it works behind any router: the cloud holds the question until there is something,
or half a minute is nearly over. Whatever was handed out and not answered comes again.
"""

import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any
from uuid import UUID

import httpx
import structlog
from pydantic import BaseModel, ValidationError

from agent_core.cloud.gateway import CloudGateway
from agent_core.cloud.http import CloudHttp
from agent_core.errors import AgentError, CloudError
from agent_core.logs import fault_of
from agent_core.outbox.retry import delay
from protocol.commands import Command
from protocol.reasons import Reason

HOLD_SECONDS = 25
"""How long the cloud may hold the question; proxies end what is silent for a minute."""

IDLE_SECONDS = 5.0
"""How often it is looked whether this computer belongs to an office by now."""

_HOLD_TIMEOUT = httpx.Timeout(HOLD_SECONDS + 20, connect=5)


class _RawCommands(BaseModel):
    commands: list[dict[str, Any]] = []
    uploads_wanted: bool = False
    again_after_seconds: float = 0


class HeldLine:
    """Lets another thread end a request that waits for its answer: the connection is shut down under it."""

    def __init__(self, client: httpx.Client) -> None:
        """Follow the connections of this client, which nobody else uses."""
        self._client = client
        self._stream: Any = None
        client.timeout = _HOLD_TIMEOUT
        client.event_hooks = {"request": [self._follow]}

    def cut(self) -> None:
        """End what waits."""
        connection = None if self._stream is None else self._stream.get_extra_info("socket")
        if connection is not None:
            with suppress(OSError):  # it was closed already
                connection.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """Close the client, when nobody uses it any more."""
        self._client.close()

    def _follow(self, request: httpx.Request) -> None:
        request.extensions = {**request.extensions, "trace": self._note}

    def _note(self, event: str, info: dict[str, Any]) -> None:
        if event.endswith((".connect_tcp.complete", ".start_tls.complete")):
            self._stream = info["return_value"]


class CommandThread:
    """Asks while this computer belongs to an office and sending is switched on."""

    def __init__(
        self,
        http: CloudHttp,
        gateway: CloudGateway,
        *,
        token: Callable[[], str | None],
        obey: Callable[[Command], Reason | None],
        jitter: Callable[[], float],
        line: HeldLine | None = None,
        uploads_wanted: Callable[[], None] = lambda: None,
    ) -> None:
        """Keep the parts; nothing runs before ``start``.

        Args:
            http: the way to the cloud, for questions that are held.
            gateway: takes the answers.
            token: the device token; absent while nothing is to be asked.
            obey: does a command, or says why not.
            jitter: 0 to 1.
            line: ends a question that is held; closed at the end.
            uploads_wanted: is called when somebody wants resumes of this computer.
        """
        self._http = http
        self._gateway = gateway
        self._token = token
        self._obey = obey
        self._jitter = jitter
        self._line = line
        self._uploads_wanted = uploads_wanted
        self._failures = 0
        self._refused_token: str | None = None
        self._wake = threading.Event()
        self._stopping = False
        self._thread = threading.Thread(target=self._run, name="commands", daemon=True)

    def start(self) -> None:
        """Begin to ask."""
        self._thread.start()

    def ask_now(self) -> None:
        """Ask without waiting: this computer was paired, or sending was switched on."""
        self._wake.set()

    def stop(self, timeout_seconds: float) -> bool:
        """End the thread; tell whether it ended in time."""
        self._stopping = True
        self._wake.set()
        if self._line is not None:
            self._line.cut()
        if self._thread.is_alive():
            self._thread.join(timeout_seconds)
        if self._thread.is_alive():
            return False
        if self._line is not None:
            self._line.close()
        return True

    def step(self) -> float:
        """Ask once, and do what is handed out; return the seconds until the next question.

        Raises:
            AgentError: the cloud cannot be reached or refuses, or a command cannot be done now.
        """
        token = self._token()
        if token is None or token == self._refused_token:
            return IDLE_SECONDS
        try:
            path = f"/api/device/commands?wait={HOLD_SECONDS}"
            answer = self._http.call("GET", path, _RawCommands, token=token)
        except CloudError as error:
            if error.reason is Reason.DEVICE_REVOKED:
                self._refused_token = token
            raise
        if answer.uploads_wanted:
            self._uploads_wanted()
        for raw in answer.commands:
            if self._stopping:
                break
            self._one(raw)
        return max(answer.again_after_seconds, 0.0)

    def _one(self, raw: dict[str, Any]) -> None:
        try:
            command = Command.model_validate(raw)
        except ValidationError:
            self._refuse_unknown(raw)
            return
        reason = self._done(command)
        if reason is None:
            self._gateway.finish_command(command.command_id)
        else:
            self._gateway.refuse_command(command.command_id, reason)

    def _done(self, command: Command) -> Reason | None:
        try:
            return self._obey(command)
        except AgentError:
            raise
        except Exception as error:  # noqa: BLE001 - a fault of ours must not be handed out again for ever
            structlog.get_logger().error("command_failed", kind=command.kind.value, **fault_of(error))
            return Reason.SERVER_FAULT

    def _refuse_unknown(self, raw: dict[str, Any]) -> None:
        """Refuse what only a newer version can read."""
        try:
            command_id = UUID(str(raw.get("command_id")))
        except ValueError as error:
            raise CloudError(Reason.CLOUD_ANSWER, "command_id") from error
        self._gateway.refuse_command(command_id, Reason.COMMAND_UNKNOWN)

    def _run(self) -> None:
        while not self._stopping:
            seconds = self._step_safely()
            if seconds > 0 and not self._stopping:
                self._wake.wait(seconds)
                self._wake.clear()

    def _step_safely(self) -> float:
        try:
            seconds = self.step()
        except AgentError as error:
            if not self._stopping:
                structlog.get_logger().info("commands_not_asked", reason=error.reason.value)
        except Exception as error:  # noqa: BLE001 - a fault of ours must not end the asking
            structlog.get_logger().error("commands_not_asked", **fault_of(error))
        else:
            self._failures = 0
            return seconds
        self._failures += 1
        return min(delay(self._failures, self._jitter()).total_seconds(), 60.0)
