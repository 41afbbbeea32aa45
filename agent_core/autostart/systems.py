"""Telling the system to start NjordHR at login. Nothing is written before a person switches it on."""

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

from agent_core.autostart import entries
from agent_core.errors import ComputerError
from agent_core.files.atomic import write_whole
from agent_core.ports import AutoStart
from protocol.reasons import Reason


class Registry(Protocol):
    """The person's own part of Windows' registry (HKEY_CURRENT_USER)."""

    def read(self, key: str, name: str) -> str | bytes | None:
        """Return a value; nothing when it is not there."""
        ...

    def write(self, key: str, name: str, value: str) -> None:
        """Write a text, making its key."""
        ...

    def remove(self, key: str, name: str) -> None:
        """Remove a value, if it is there."""
        ...


class FileAutoStart:
    """An entry that is a file: Linux and macOS. Implements `ports.AutoStart`."""

    def __init__(self, file: Path, content: bytes, is_on: Callable[[bytes], bool]) -> None:
        """Keep what would be written.

        Args:
            file: where the system looks.
            content: what it is to find.
            is_on: whether the system would start what it finds.
        """
        self._file = file
        self._content = content
        self._is_on = is_on

    @property
    def can(self) -> bool:
        """It can."""
        return True

    def is_set(self) -> bool:
        """Tell whether the system would start NjordHR at login."""
        found = self._read()
        return found is not None and self._is_on(found)

    def set(self, on: bool) -> None:
        """Write the entry, or take it away; twice is as good as once."""
        try:
            if not on:
                self._file.unlink(missing_ok=True)
            elif self._read() != self._content:
                self._file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                write_whole(self._file, self._content)
        except OSError as error:
            raise ComputerError(Reason.AUTO_START_REFUSED, type(error).__name__) from error

    def _read(self) -> bytes | None:
        try:
            return self._file.read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise ComputerError(Reason.AUTO_START_REFUSED, type(error).__name__) from error


class RegistryAutoStart:
    """The Run value of Windows. Implements `ports.AutoStart`."""

    def __init__(self, registry: Registry, command: Sequence[str]) -> None:
        """Keep what would be written."""
        self._registry = registry
        self._value = entries.run_value(command)

    @property
    def can(self) -> bool:
        """Windows runs nothing from there that is longer."""
        return len(self._value) <= entries.LONGEST_RUN_VALUE

    def is_set(self) -> bool:
        """Tell whether Windows would start NjordHR at login: it is listed, and not switched off."""
        try:
            listed = self._registry.read(entries.RUN_KEY, entries.NAME)
            approved = self._registry.read(entries.APPROVED_KEY, entries.NAME)
        except OSError as error:
            raise ComputerError(Reason.AUTO_START_REFUSED, type(error).__name__) from error
        return bool(listed) and entries.is_approved(approved if isinstance(approved, bytes) else None)

    def set(self, on: bool) -> None:
        """Write the value, or take it away; twice is as good as once."""
        if on and not self.can:
            raise ComputerError(Reason.AUTO_START_NOT_POSSIBLE, "the command line is too long")
        try:
            if on:
                self._registry.write(entries.RUN_KEY, entries.NAME, self._value)
            else:
                self._registry.remove(entries.RUN_KEY, entries.NAME)
            # The person decides anew, so what was decided in the task manager is over.
            self._registry.remove(entries.APPROVED_KEY, entries.NAME)
        except OSError as error:
            raise ComputerError(Reason.AUTO_START_REFUSED, type(error).__name__) from error


class NoAutoStart:
    """An agent without a program around it, which nothing could start. Implements `ports.AutoStart`."""

    @property
    def can(self) -> bool:
        """It cannot."""
        return False

    def is_set(self) -> bool:
        """It never is."""
        return False

    def set(self, on: bool) -> None:
        """Refuse to be switched on."""
        if on:
            raise ComputerError(Reason.AUTO_START_NOT_POSSIBLE)


class WindowsRegistry:
    """HKEY_CURRENT_USER, through the standard library. Implements `Registry`."""

    def __init__(self, winreg: Any) -> None:
        """Use this module, which only Windows has."""
        self._winreg = winreg

    def read(self, key: str, name: str) -> str | bytes | None:
        """Return a value; nothing when it is not there."""
        try:
            with self._winreg.OpenKey(self._winreg.HKEY_CURRENT_USER, key) as opened:
                value: str | bytes | None = self._winreg.QueryValueEx(opened, name)[0]
                return value
        except FileNotFoundError:
            return None

    def write(self, key: str, name: str, value: str) -> None:
        """Write a text, making its key."""
        with self._winreg.CreateKey(self._winreg.HKEY_CURRENT_USER, key) as opened:
            self._winreg.SetValueEx(opened, name, 0, self._winreg.REG_SZ, value)

    def remove(self, key: str, name: str) -> None:
        """Remove a value, if it is there."""
        winreg = self._winreg
        try:
            with winreg.OpenKey(winreg.HKEY_CURRENT_USER, key, 0, winreg.KEY_SET_VALUE) as opened:
                winreg.DeleteValue(opened, name)
        except FileNotFoundError:
            return


def system_autostart(
    command: Sequence[str],
    platform: str = sys.platform,
    env: Mapping[str, str] = os.environ,
    home: Path | None = None,
) -> AutoStart:
    """Return what this system is told with.

    Args:
        command: what is to be started; empty for nothing. Where no entry can name it, none is possible.
        platform: as ``sys.platform`` names it.
        env: the process's environment.
        home: the person's; this process's own without one.
    """
    if not command:
        return NoAutoStart()
    if platform == "win32":
        import winreg  # noqa: PLC0415 - only Windows has it

        return RegistryAutoStart(WindowsRegistry(winreg), command)
    try:
        return _file_autostart(command, platform, env, home if home is not None else Path.home())
    except ValueError:  # the program lies where no entry can name it; that is no reason not to run
        return NoAutoStart()


def _file_autostart(
    command: Sequence[str], platform: str, env: Mapping[str, str], home: Path
) -> FileAutoStart:
    if platform == "darwin":
        file = Path(entries.launch_agent_file(home))
        return FileAutoStart(file, entries.launch_agent(command), entries.launch_agent_is_on)
    return FileAutoStart(
        Path(entries.desktop_entry_file(env, home)),
        entries.desktop_entry(command).encode(),
        lambda found: entries.desktop_entry_is_on(found.decode(errors="replace")),
    )


def refresh(auto_start: AutoStart, wanted: bool) -> None:
    """Point an entry that is there to the program that runs now: an update may have moved it.

    One that somebody took away, or switched off in the system's own settings, stays so.

    Raises:
        ComputerError: the system refused.
    """
    if wanted and auto_start.can and auto_start.is_set():
        auto_start.set(True)
