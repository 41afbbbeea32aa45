"""The heartbeat: every half minute, and when something changed, this computer says how it is."""

import threading
from collections.abc import Callable, Sequence

import structlog

from agent_core.cloud.http import CloudHttp
from agent_core.errors import CloudError
from agent_core.logs import fault_of
from protocol.devices import Heartbeat, HeartbeatAnswer, WantedUpload
from protocol.reasons import Reason

SECONDS_BETWEEN = 30.0


class HeartbeatThread:
    """Beats while this computer is paired and sending is switched on."""

    def __init__(
        self,
        http: CloudHttp,
        *,
        token: Callable[[], str | None],
        describe: Callable[[], Heartbeat],
        take_uploads: Callable[[Sequence[WantedUpload]], None],
    ) -> None:
        """Keep the parts; nothing runs before ``start``.

        Args:
            http: the way to the cloud.
            token: the device token; absent while there is nothing to say.
            describe: what to say.
            take_uploads: is handed the uploads that somebody asked for.
        """
        self._http = http
        self._token = token
        self._describe = describe
        self._take_uploads = take_uploads
        self._wake = threading.Event()
        self._stopping = False
        self._refused_token: str | None = None
        self._thread = threading.Thread(target=self._run, name="heartbeat", daemon=True)

    def start(self) -> None:
        """Begin to beat."""
        self._thread.start()

    def beat_now(self) -> None:
        """Beat without waiting for the half minute."""
        self._wake.set()

    def stop(self, timeout_seconds: float) -> bool:
        """End the thread; tell whether it ended in time."""
        self._stopping = True
        self._wake.set()
        if self._thread.is_alive():
            self._thread.join(timeout_seconds)
        return not self._thread.is_alive()

    def beat(self) -> None:
        """Beat once, if there is a token that was not revoked.

        Raises:
            CloudError: the cloud refused, or cannot be reached.
        """
        token = self._token()
        if token is None or token == self._refused_token:
            return
        try:
            answer = self._http.call(
                "POST", "/api/device/heartbeat", HeartbeatAnswer, body=self._describe(), token=token
            )
        except CloudError as error:
            if error.reason is Reason.DEVICE_REVOKED:
                self._refused_token = token
            raise
        self._take_uploads(answer.wanted_uploads)

    def _run(self) -> None:
        while not self._stopping:
            try:
                self.beat()
            except CloudError as error:
                structlog.get_logger().info("heartbeat_failed", reason=error.reason.value)
            except Exception as error:  # noqa: BLE001 - a fault of ours must not end the heartbeat
                structlog.get_logger().error("heartbeat_failed", **fault_of(error))
            self._wake.wait(SECONDS_BETWEEN)
            self._wake.clear()
