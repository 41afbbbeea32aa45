"""An updater in memory, for what stands around one: it has the states that a test puts it in."""

from dataclasses import replace

from agent_core.errors import RequestError
from agent_core.ports import RestartWhen, UpdateState, UpdateStatus
from protocol.reasons import Reason


class UpdaterInMemory:
    """Implements `ports.Updates`."""

    def __init__(self) -> None:
        self.now = UpdateStatus(UpdateState.IDLE, "1.4.1", 141, "stable")
        self.asked: list[str] = []
        self.is_downloading = False

    def put(self, state: UpdateState, **changes: object) -> None:
        self.now = replace(self.now, state=state, **changes)  # type: ignore[arg-type]  # a test names what it means

    def status(self) -> UpdateStatus:
        return self.now

    def check(self) -> None:
        self.asked.append("check")

    def download(self, *, go_on: bool) -> None:
        self.asked.append("go on" if go_on else "pause")
        self.put(UpdateState.DOWNLOADING if go_on else UpdateState.PAUSED)

    def restart(self, when: RestartWhen, *, even_if_downloading: bool = False) -> None:
        if self.now.state is not UpdateState.READY:
            raise RequestError(Reason.UPDATE_NOT_READY)
        if when is RestartWhen.NOW and self.is_downloading and not even_if_downloading:
            raise RequestError(Reason.AGENT_RESTART_INTERRUPTS)
        self.asked.append(f"restart {when.value}")
        self.put(UpdateState.READY, restart=when)
