"""The diagnostics bundle: one ZIP that a person may send to support without reading it first. Pure."""

import io
import json
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pydantic import BaseModel

from agent_core.settings import AgentSettings, PortalSettings
from agent_core.support.lines import clean_log
from protocol.reasons import Reason

MEDIA_TYPE = "application/zip"
WHAT_IS_IN_IT = """NjordHR diagnostics
===================

about.json     versions of NjordHR, the system and the browser, and how this computer is
settings.json  the settings; of names, numbers, addresses and folders only whether they are set
counts.json    how many jobs, people, resumes and records there are, by state and reason
logs/          the log, without everything that is not a number, a code or an id of NjordHR's own

There is no name, phone number, address, password, code, file name or folder in here, and nothing that
somebody typed. You may look: every file is plain text.
"""

_TALLY = re.compile(r"schema|(jobs|people|resumes|events|uploads)/[a-z]+(/(?P<reason>.+))?")
_REASONS = frozenset(reason.value for reason in Reason)
_WORDS = frozenset({"log_level"})
"""Settings whose text is one of a few words of ours."""


@dataclass(frozen=True)
class Findings:
    """What was found on a computer.

    Attributes:
        about: made by ``about``; plain values only.
        counts: as `store.tallies` counts.
        logs: file name -> its text as it is.
    """

    about: Mapping[str, Any]
    settings: AgentSettings
    counts: Mapping[str, int]
    logs: Mapping[str, str]


def file_name(now: datetime) -> str:
    """Return the name to save a bundle under."""
    return f"NjordHR-diagnostics-{now:%Y%m%d-%H%M%S}.zip"


def make_bundle(findings: Findings) -> bytes:
    """Return the ZIP."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as bundle:
        bundle.writestr("README.txt", WHAT_IS_IN_IT)
        bundle.writestr("about.json", _json(findings.about))
        bundle.writestr("settings.json", _json(settings_summary(findings.settings)))
        bundle.writestr("counts.json", _json(clean_counts(findings.counts)))
        for number, text in enumerate(findings.logs.values()):
            bundle.writestr(f"logs/agent-{number}.log", clean_log(text))
    return held.getvalue()


def settings_summary(settings: AgentSettings) -> dict[str, Any]:
    """Return the settings: numbers and switches as they are, and of everything else whether it is set."""
    summary = _summary(settings)
    summary["portal"] = _summary(settings.portal)
    usual = PortalSettings()
    for name in ("login_url", "dashboard_url"):
        is_usual = getattr(settings.portal, name) == getattr(usual, name)
        summary["portal"][name] = "as usual" if is_usual else "another one"
    return summary


def _summary(model: BaseModel) -> dict[str, Any]:
    return {name: _told(name, getattr(model, name)) for name in type(model).model_fields}


def _told(name: str, value: Any) -> Any:
    if isinstance(value, bool | int | float) or name in _WORDS:
        return value
    return "set" if value else "not set"


def clean_counts(counts: Mapping[str, int]) -> dict[str, int]:
    """Return the numbers under the names that are ours; others together."""
    clean: dict[str, int] = {}
    for name, number in counts.items():
        known = _TALLY.fullmatch(name)
        is_ours = known is not None and (known["reason"] is None or known["reason"] in _REASONS)
        key = name if is_ours else "others"
        clean[key] = clean.get(key, 0) + number
    return dict(sorted(clean.items()))


def _json(value: Any) -> str:
    return json.dumps(value, indent=2, sort_keys=True) + "\n"
