"""Joining an office: the pairing code becomes a device token, which lives in the keyring."""

import json
import threading
from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from agent_core import VERSION
from agent_core.cloud.http import CloudHttp
from agent_core.ports import Secrets
from agent_core.settings import SettingsFile
from protocol.devices import DeviceRegistered, DeviceRegistration

DEVICE_TOKEN = "device-token"  # noqa: S105 - the name of the keyring's entry
OFFICE = "office"


@dataclass(frozen=True)
class Office:
    """The office that this computer belongs to."""

    organisation_name: str = ""
    user_email: str = ""


class Pairing:
    """Whether this computer belongs to an office; any thread."""

    def __init__(
        self,
        http: CloudHttp,
        secrets: Secrets,
        settings: SettingsFile,
        *,
        read_fact: Callable[[str], str],
        write_facts: Callable[[dict[str, str]], None],
        belong_to: Callable[[UUID | None], None],
        records_belong: Callable[[], bool],
    ) -> None:
        """Keep the token in the secrets, the id in the settings, the office's name in the facts.

        ``belong_to`` is told whose the records are from now on, or that they are nobody's; ``records_belong``
        tells whether they are somebody's. That is what a pairing does last: without it an agent died in the
        middle of one, and its token is not used.
        """
        self._http = http
        self._secrets = secrets
        self._settings = settings
        self._read_fact = read_fact
        self._write_facts = write_facts
        self._belong_to = belong_to
        self._lock = threading.Lock()
        self._token = secrets.get(DEVICE_TOKEN) if records_belong() else None

    def token(self) -> str | None:
        """Return the device token, if this computer is paired."""
        return self._token if self._settings.current.device_id is not None else None

    def office(self) -> Office:
        """Return the office's name and the person who paired."""
        fact = self._read_fact(OFFICE)
        return Office(**json.loads(fact)) if fact and self.token() is not None else Office()

    def pair(self, pairing_code: str, device_name: str, platform: str) -> None:
        """Join the office whose person made this code.

        Raises:
            CloudError: the code is not valid, or the cloud cannot be reached.
        """
        request = DeviceRegistration(
            pairing_code=pairing_code,
            device_name=device_name,
            platform=platform,
            agent_version=VERSION,
            device_id=self._settings.current.device_id,
        )
        with self._lock:
            answer = self._http.call("POST", "/api/device/register", DeviceRegistered, body=request)
            # Between two offices there is no token and the records are nobody's: whatever happens here, none
            # goes to the wrong one.
            self._token = None
            self._belong_to(None)
            self._secrets.put(DEVICE_TOKEN, answer.device_token)
            self._settings.change({"device_id": str(answer.device_id)})
            office = {"organisation_name": answer.organisation_name, "user_email": answer.user_email}
            self._write_facts({OFFICE: json.dumps(office)})
            self._belong_to(answer.organisation_id)
            self._token = answer.device_token

    def unpair(self) -> None:
        """Leave the office. What waits to be sent is kept."""
        with self._lock:
            self._token = None
            self._belong_to(None)
            self._secrets.drop(DEVICE_TOKEN)
            self._settings.change({"device_id": None})
            self._write_facts({OFFICE: ""})
