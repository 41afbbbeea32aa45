"""What a version that was just installed proves of itself before it is good: the checks of its first start.

Everything that it loads late is loaded, its records hold together, its own page's server answers as this
version, and the page in its window has come up and answers. A check that goes wrong is told in a few words.
"""

import http.client
import importlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass

LATE = (
    "agent_core.portal.session",
    "agent_core.downloads.run",
    "agent_core.facts.read_pdf",
    "agent_core.facts.read_page",
    "agent_core.store.begin_anew",
    "agent_core.cloud.sealing",
    "desktop.start_failed",
    "desktop.install.staging",
    "desktop.install.restart",
    "desktop.updater.joined",
    "update_manifest.client",
    "update_manifest.selection",
)
"""What is loaded only when it is needed, and must not turn out to be missing then."""

PAGE_IS_THERE = (
    "document.readyState === 'complete' && document.getElementById('root') !== null"
    " && document.getElementById('root').childElementCount > 0 ? 'there' : 'not yet'"
)
"""Asks the window's page whether its own script has drawn something."""

_OK = 200
_PATIENCE_SECONDS = 20.0
Result = bool | str


@dataclass(frozen=True)
class Proof:
    """What the checks ask.

    Attributes:
        version: that must answer.
        is_sound: whether the records hold together.
        address: port and session token of the agent's own server.
        page_is_there: whether the window's page has come up and answers, after some waiting.
        modules: what must load.
    """

    version: str
    is_sound: Callable[[], bool]
    address: Callable[[], tuple[int, str]]
    page_is_there: Callable[[], bool]
    modules: tuple[str, ...] = LATE


def prove(proof: Proof) -> Mapping[str, Result]:
    """Return each check and whether it went well, or what went wrong."""
    return {
        "imports": _tried(lambda: _loads(proof.modules)),
        "records": _tried(lambda: proof.is_sound() or "the records do not hold together"),
        "health": _tried(lambda: _answers(proof)),
        "window": _tried(lambda: proof.page_is_there() or "the page did not come up"),
    }


def _tried(check: Callable[[], Result]) -> Result:
    try:
        return check()
    except Exception as error:  # noqa: BLE001 - whatever it is, it is the reason not to keep this version
        return type(error).__name__


def _loads(modules: tuple[str, ...]) -> Result:
    for name in modules:
        try:
            importlib.import_module(name)
        except Exception as error:  # noqa: BLE001 - as above, and the report says which it was
            return f"{name}: {type(error).__name__}"
    return True


def _answers(proof: Proof) -> Result:
    port, token = proof.address()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=_PATIENCE_SECONDS)
    try:
        connection.request("GET", "/health", headers={"Authorization": f"Bearer {token}"})
        answer = connection.getresponse()
        found = json.loads(answer.read())
    finally:
        connection.close()
    if answer.status != _OK or found.get("status") != "ok":
        return f"status {answer.status}"
    version = found.get("agent_version")
    return True if version == proof.version else f"version {version}"
