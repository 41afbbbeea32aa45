"""Write `web_ui/src/generated/` from the Python models, so that the web UI cannot drift from the APIs.

Run it with ``.venv/bin/python web_ui/gen/generate.py``; with ``--check`` it writes nothing and fails when
a file is not what it would write.
"""

import argparse
import importlib
import inspect
import json
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, models_json_schema

ROOT = Path(__file__).resolve().parents[2]
OUT = ROOT / "web_ui" / "src" / "generated"
BANNER = "// Made by web_ui/gen/generate.py from the Python models. Change those, not this.\n\n"
MODULES = (
    "protocol.jobs",
    "protocol.facts",
    "protocol.resumes",
    "protocol.ingest",
    "protocol.problems",
    "protocol.exports",
    "cloud_api.accounts.schemas",
    "cloud_api.audit.schemas",
    "cloud_api.candidates.schemas",
    "cloud_api.dashboard.schemas",
    "cloud_api.devices.schemas",
    "cloud_api.health.schemas",
    "cloud_api.jobs.schemas",
    "cloud_api.operations.schemas",
    "cloud_api.resumes.schemas",
    "cloud_api.retention.schemas",
    "cloud_api.updates.schemas",
    "cloud_api.views.schemas",
    "agent_core.local_api.schemas",
    "agent_core.local_api.export_schemas",
    "agent_core.local_api.status_schemas",
    "agent_core.local_api.update_schemas",
)
TOOL_NOISE = re.compile(
    r" \*\n \* This interface was referenced by `Wire`'s JSON-Schema\n \* via the `definition` \"\w+\"\.\n"
)
BASES = frozenset({"Request", "Answer", "Wire"})

Mode = Literal["validation", "serialization"]


class AnswersAreWhole(GenerateJsonSchema):
    """An answer carries every field, also those with a default."""

    def field_is_required(self, field: Any, total: bool) -> bool:
        """Say so for what is read, and leave what is sent to pydantic."""
        return self.mode == "serialization" or super().field_is_required(field, total)


def models() -> Iterator[tuple[type[BaseModel], Mode]]:
    """Yield every model of the modules with the side of the wire on which the web UI meets it."""
    for name in MODULES:
        for _, member in sorted(inspect.getmembers(importlib.import_module(name), inspect.isclass)):
            if not issubclass(member, BaseModel) or member.__module__ != name or member.__name__ in BASES:
                continue
            yield member, "validation" if is_request(member) else "serialization"


def is_request(model: type[BaseModel]) -> bool:
    """Tell whether people send it: then what has a default may be left out."""
    return model.model_config.get("extra") == "forbid" or model.__name__ == "JobRequest"


def wire_schema() -> dict[str, Any]:
    """Return one JSON schema whose definitions are all the models, without titles of single fields."""
    _, schema = models_json_schema(
        list(models()), ref_template="#/definitions/{model}", schema_generator=AnswersAreWhole
    )
    definitions: dict[str, Any] = schema["$defs"]
    for name, definition in definitions.items():
        _drop_field_noise(definition)
        definition["title"] = name
        definition["description"] = definition.get("description", "").split("\n")[0]
    return {"title": "Wire", "type": "object", "definitions": definitions}


def _drop_field_noise(node: Any) -> None:
    """Drop what would become tuples of every size, aliases of `string` or second copies of a type."""
    if isinstance(node, list):
        for value in node:
            _drop_field_noise(value)
    elif isinstance(node, dict):
        for key in ("title", "maxItems", "minItems", "default"):
            node.pop(key, None)
        for key, value in node.items():
            for inner in value.values() if key == "properties" else [value]:
                _drop_field_noise(inner)


def types_text() -> str:
    """Return `types.ts`.

    Raises:
        subprocess.CalledProcessError: node or the type generator failed.
    """
    made = subprocess.run(
        [node(), str(ROOT / "web_ui" / "gen" / "to_typescript.mjs")],
        input=json.dumps(wire_schema()),
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT / "web_ui",
    ).stdout
    return BANNER + TOOL_NOISE.sub("", made).replace("export interface Wire {}\n", "")


def node() -> str:
    """Return the node of the virtual environment: the machine's own may be too old."""
    return str(Path(sys.executable).with_name("node"))


def reasons_text() -> str:
    """Return `reasons.ts`: the words of every reason."""
    from protocol.reasons import Reason  # noqa: PLC0415 - a changed registry is read when it is asked for

    words = {
        reason.value: {"retry": reason.retry.value, "sentence": reason.sentence, "nextStep": reason.next_step}
        for reason in Reason
    }
    return (
        BANNER
        + "import type { Reason } from './types'\n\n"
        + "export type Retry = 'never' | 'later' | 'after_user_acts'\n\n"
        + "export interface ReasonWords {\n  retry: Retry\n  sentence: string\n  nextStep: string\n}\n\n"
        + f"export const REASONS: Record<Reason, ReasonWords> = {_literal(words)}\n"
    )


def vocabulary_text() -> str:
    """Return `vocabulary.ts`: the statuses and steps, the portal's labels, the audit log's acts."""
    from cloud_api.ledger.audit import Act  # noqa: PLC0415 - a changed list is read when it is asked for
    from protocol.candidates import ALLOWED_TRANSITIONS, ARCHIVE_STATUSES, CandidateStatus  # noqa: PLC0415 - as above
    from protocol.vocabulary import (  # noqa: PLC0415 - as above
        portal_ranks,
        portal_ship_types,
        rank_label,
        ship_type_label,
    )

    ranks = [{"portal_label": name, "label": rank_label(name)} for name in portal_ranks()]
    ship_types = [{"portal_label": name, "label": ship_type_label(name)} for name in portal_ship_types()]
    transitions = {
        before.value: [after.value for after in CandidateStatus if after in ALLOWED_TRANSITIONS[before]]
        for before in CandidateStatus
    }
    statuses = [status.value for status in CandidateStatus]
    archive = [status.value for status in CandidateStatus if status in ARCHIVE_STATUSES]
    return (
        BANNER
        + "import type { CandidateStatus } from './types'\n\n"
        + f"export const STATUSES: readonly CandidateStatus[] = {_literal(statuses)}\n\n"
        + "export const ALLOWED_TRANSITIONS: Record<CandidateStatus, readonly CandidateStatus[]> = "
        + f"{_literal(transitions)}\n\n"
        + f"export const ARCHIVE_STATUSES: readonly CandidateStatus[] = {_literal(archive)}\n\n"
        + "export interface PortalLabel {\n  portal_label: string\n  label: string\n}\n\n"
        + f"export const PORTAL_RANKS: readonly PortalLabel[] = {_literal(ranks)}\n\n"
        + f"export const PORTAL_SHIP_TYPES: readonly PortalLabel[] = {_literal(ship_types)}\n\n"
        + f"export const ACTS = {_literal([act.value for act in Act])} as const\n\n"
        + "export type Act = (typeof ACTS)[number]\n"
    )


def _literal(value: object) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False)


def generated() -> Mapping[Path, str]:
    """Return every generated file with its text."""
    return {
        OUT / "types.ts": types_text(),
        OUT / "reasons.ts": reasons_text(),
        OUT / "vocabulary.ts": vocabulary_text(),
    }


def stale() -> list[Path]:
    """Return the generated files that are not what would be written now."""
    return [
        path
        for path, text in generated().items()
        if not path.is_file() or path.read_text(encoding="utf-8") != text
    ]


def write() -> None:
    """Write every generated file."""
    OUT.mkdir(parents=True, exist_ok=True)
    for path, text in generated().items():
        path.write_text(text, encoding="utf-8")


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the files, or with ``--check`` only compare them. Returns the exit status."""
    parser = argparse.ArgumentParser(description="Make the web UI's types from the Python models.")
    parser.add_argument("--check", action="store_true", help="write nothing; fail when a file is out of date")
    if not parser.parse_args(arguments).check:
        write()
        return 0
    old = stale()
    for path in old:
        sys.stderr.write(f"{path.relative_to(ROOT)} is out of date: run web_ui/gen/generate.py\n")
    return 1 if old else 0


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    raise SystemExit(main())
