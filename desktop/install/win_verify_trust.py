"""Ask Windows whether it trusts a program's signature: WinVerifyTrust, without a window or the network.

Revocation is not looked up: it would need the network, and an update must be possible where only the office's
mirror can be reached. The publisher's key is pinned in the signed release; a stolen one is taken out there.
"""

import ctypes
from pathlib import Path
from typing import Any

TRUSTED = 0

_VERIFY_ACTION = (0x00AAC56B, 0xCD44, 0x11D0, (0x8C, 0xC2, 0x00, 0xC0, 0x4F, 0xC2, 0x95, 0xEE))
_NO_WINDOW = 2
_NO_REVOCATION = 0
_A_FILE = 1
_VERIFY, _CLOSE = 1, 2
_CACHED_ONLY = 0x1000
_NOBODY = -1
"""INVALID_HANDLE_VALUE as the window: nobody is asked anything."""


class Guid(ctypes.Structure):
    """A GUID of Windows."""

    _fields_ = (
        ("first", ctypes.c_uint32),
        ("second", ctypes.c_uint16),
        ("third", ctypes.c_uint16),
        ("rest", ctypes.c_uint8 * 8),
    )


class FileInfo(ctypes.Structure):
    """WINTRUST_FILE_INFO."""

    _fields_ = (
        ("size", ctypes.c_uint32),
        ("path", ctypes.c_wchar_p),
        ("file", ctypes.c_void_p),
        ("subject", ctypes.c_void_p),
    )


class TrustData(ctypes.Structure):
    """WINTRUST_DATA."""

    _fields_ = (
        ("size", ctypes.c_uint32),
        ("policy", ctypes.c_void_p),
        ("client", ctypes.c_void_p),
        ("window", ctypes.c_uint32),
        ("revocation", ctypes.c_uint32),
        ("kind", ctypes.c_uint32),
        ("file", ctypes.POINTER(FileInfo)),
        ("action", ctypes.c_uint32),
        ("state", ctypes.c_void_p),
        ("url", ctypes.c_wchar_p),
        ("flags", ctypes.c_uint32),
        ("context", ctypes.c_uint32),
        ("signatures", ctypes.c_void_p),
    )


def ask_windows(program: Path) -> int:
    """Return what Windows says of a program's signature: `TRUSTED`, or the code of its refusal.

    Raises:
        OSError: this is not Windows, or its part that decides is not there.
    """
    library: Any = ctypes
    if not hasattr(library, "WinDLL"):
        raise OSError("only Windows can be asked")
    return ask(library.WinDLL("wintrust").WinVerifyTrust, program)


def ask(verify: Any, program: Path) -> int:
    """Ask with this function, which is Windows' own; the state that it keeps is closed again."""
    first, second, third, rest = _VERIFY_ACTION
    action = Guid(first, second, third, (ctypes.c_uint8 * 8)(*rest))
    file = FileInfo(size=ctypes.sizeof(FileInfo), path=str(program))
    data = TrustData(
        size=ctypes.sizeof(TrustData),
        window=_NO_WINDOW,
        revocation=_NO_REVOCATION,
        kind=_A_FILE,
        file=ctypes.pointer(file),
        action=_VERIFY,
        flags=_CACHED_ONLY,
    )
    verify.restype = ctypes.c_int32
    verify.argtypes = (ctypes.c_void_p, ctypes.POINTER(Guid), ctypes.POINTER(TrustData))
    answer = verify(_NOBODY, ctypes.byref(action), ctypes.byref(data))
    data.action = _CLOSE
    verify(_NOBODY, ctypes.byref(action), ctypes.byref(data))
    return int(answer)
