"""The computer's key, loaded when it is first wanted: the cryptography behind it costs the start too much."""

import threading
from typing import TYPE_CHECKING
from uuid import UUID

from agent_core.ports import Secrets

if TYPE_CHECKING:
    from agent_core.cloud.sealing import SealingKey


class LateSealing:
    """`sealing.SealingKey`, made at its first use; any thread."""

    def __init__(self, secrets: Secrets) -> None:
        """Keep the private key in these secrets."""
        self._secrets = secrets
        self._lock = threading.Lock()
        self._made: SealingKey | None = None

    def public(self) -> str:
        """See `SealingKey.public`."""
        return self._key().public()

    def open(self, sealed: str, device_id: UUID, command_id: UUID) -> str:
        """See `SealingKey.open`."""
        return self._key().open(sealed, device_id, command_id)

    def _key(self) -> "SealingKey":
        from agent_core.cloud.sealing import SealingKey  # noqa: PLC0415 - not at the start

        with self._lock:
            self._made = self._made or SealingKey(self._secrets)
            return self._made
