"""The settings of this computer: `agent.json`, where the specification (9.2) puts it.

The file holds exactly the fields of 9.2, plus ``portal``. It is written whole or not at all; keys that this
version does not know stay in it; a file that cannot be read is reported and left as it is. It never holds
a password, a code or a token.

Example:
    >>> config_file("linux", {"HOME": "/home/kari"}).as_posix()
    '/home/kari/.config/njordhr/agent.json'
"""

import json
import os
import tempfile
import threading
from collections.abc import Mapping
from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit
from uuid import UUID

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from agent_core.durable import sync_folder
from agent_core.errors import SettingsError
from protocol.reasons import Reason

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


def config_file(platform: str, env: Mapping[str, str]) -> PurePath:
    """Return where `agent.json` lies (specification, 9.2).

    Args:
        platform: as `sys.platform` has it: ``darwin``, ``win32`` or a Linux.
        env: the process's environment.

    Raises:
        SettingsError: the environment does not say where the person's home is.
    """
    if platform == "win32":
        return _windows_roaming(env) / "NjordHR" / "agent.json"
    home = PurePosixPath(_needed(env, "HOME"))
    if platform == "darwin":
        return home / "Library" / "Application Support" / "NjordHR" / "agent.json"
    return home / ".config" / "njordhr" / "agent.json"


def _windows_roaming(env: Mapping[str, str]) -> PurePath:
    if env.get("APPDATA"):
        return PureWindowsPath(env["APPDATA"])
    return PureWindowsPath(_needed(env, "USERPROFILE")) / "AppData" / "Roaming"


def _needed(env: Mapping[str, str], name: str) -> str:
    value = env.get(name, "")
    if not value:
        raise SettingsError(Reason.SETTINGS_UNREADABLE, f"{name} is not set")
    return value


def _web_address(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username or parts.fragment:
        raise ValueError("not an http or https address")
    return value


def _cloud_address(value: str) -> str:
    if not value:
        return value
    parts = urlsplit(_web_address(value))
    if parts.scheme != "https" and parts.hostname not in LOOPBACK:
        raise ValueError("only an https address may be given tokens")
    if parts.query:
        raise ValueError("the address has a query")
    return value.rstrip("/")


WebAddress = Annotated[str, Field(max_length=2048), AfterValidator(_web_address)]
CloudAddress = Annotated[str, Field(max_length=2048), AfterValidator(_cloud_address)]
LogLevelName = Literal["debug", "info", "warning", "error"]


class PortalSettings(BaseModel):
    """The job portal that this computer works with, and how politely.

    Attributes:
        otp_seconds: how long a one-time code is good for.
        page_timeout_seconds: how long a page may take.
        concurrency: the most pages that are open at once.
        requests_per_second: the most pages that are asked for in a second.
        tagged_pdfs: resumes are marked for screen readers, and the files three times as large.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    login_url: WebAddress = "http://seajob.net/seajob_login.php"
    dashboard_url: WebAddress = "http://seajob.net/company/dashboard.php"
    otp_seconds: int = Field(default=120, ge=1, le=3600)
    page_timeout_seconds: float = Field(default=30, gt=0, le=600)
    concurrency: int = Field(default=3, ge=1, le=8)
    requests_per_second: float = Field(default=4, gt=0, le=100)
    tagged_pdfs: bool = False
    username: str = Field(default="", max_length=200)
    phone: str = Field(default="", max_length=40)


class AgentSettings(BaseModel):
    """The fields of 9.2, and the portal's.

    Attributes:
        api_base_url: the office's cloud, without a trailing slash; empty until this computer is set up.
        download_folder: a whole path; empty until somebody chose one.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    device_id: UUID | None = None
    api_base_url: CloudAddress = ""
    download_folder: str = Field(default="", max_length=4096)
    auto_start: bool = False
    cloud_sync_enabled: bool = True
    cloud_upload_resumes: bool = True
    log_level: LogLevelName = "info"
    portal: PortalSettings = PortalSettings()


class SettingsFile:
    """`agent.json` on the disk. Any thread; a change by hand is seen at the next start or change."""

    def __init__(self, path: Path) -> None:
        """Read the settings; a file that is not there stands for the defaults.

        Raises:
            SettingsError: the file cannot be read; it stays as it is.
        """
        self._path = path
        self._lock = threading.Lock()
        self._current = _validate(_read(path))

    @property
    def path(self) -> Path:
        """Where the file lies."""
        return self._path

    @property
    def current(self) -> AgentSettings:
        """The settings as last read or written."""
        return self._current

    def change(self, changes: Mapping[str, Any]) -> AgentSettings:
        """Write these fields, given as JSON values; the rest of the file stays as it is.

        Raises:
            SettingsError: a value is not acceptable, or the file cannot be read or written; it stays.
        """
        with self._lock:
            raw = _merged(_read(self._path), changes)
            settings = _validate(raw)
            _write(self._path, raw)
            self._current = settings
            return settings


def _merged(raw: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    result = dict(raw)
    for key, value in changes.items():
        before = result.get(key)
        if isinstance(value, Mapping) and isinstance(before, Mapping):
            result[key] = _merged(before, value)
        else:
            result[key] = value
    return result


def _read(path: Path) -> dict[str, Any]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(Reason.SETTINGS_UNREADABLE, f"{path.name}: {type(error).__name__}") from error
    try:
        raw = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise SettingsError(Reason.SETTINGS_UNREADABLE, f"{path.name} is not JSON") from error
    if not isinstance(raw, dict):
        raise SettingsError(Reason.SETTINGS_UNREADABLE, f"{path.name} is not a JSON object")
    return raw


def _validate(raw: Mapping[str, Any]) -> AgentSettings:
    try:
        return AgentSettings.model_validate_json(json.dumps(raw), strict=True)
    except ValidationError as error:
        fields = sorted({".".join(str(part) for part in item["loc"]) for item in error.errors()})
        raise SettingsError(Reason.SETTINGS_UNREADABLE, ", ".join(fields)) from error


def _write(path: Path, raw: Mapping[str, Any]) -> None:
    temporary = ""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        for left in path.parent.glob(".agent-*.tmp"):  # of a program that was killed
            left.unlink(missing_ok=True)
        descriptor, temporary = tempfile.mkstemp(prefix=".agent-", suffix=".tmp", dir=path.parent)
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="\n") as file:
            json.dump(raw, file, indent=2, ensure_ascii=False)
            file.write("\n")
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(path)
    except OSError as error:
        if temporary:
            Path(temporary).unlink(missing_ok=True)
        raise SettingsError(Reason.SETTINGS_WRITE, f"{path.name}: {type(error).__name__}") from error
    sync_folder(path.parent)
