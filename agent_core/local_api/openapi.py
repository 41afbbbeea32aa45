"""The OpenAPI 3.1 document of the local API, made from the routes themselves.

`python -m agent_core --openapi` prints it; `agent_core/openapi.json` is that, committed.
"""

import json
import re
from typing import Any

from apiflask import APIFlask

from agent_core.local_api.guard import PUBLIC
from protocol.problems import PROBLEM_MEDIA_TYPE, Problem

_REF = re.compile(r'"#/components/schemas/[A-Za-z0-9_]+\.([A-Za-z0-9_]+)"')
_REF_TEMPLATE = "#/components/schemas/{model}"
_FRAMEWORKS_OWN = frozenset({"ValidationError", "HTTPError"})

Responses = dict[int | str, dict[str, str | dict[str, dict[str, Any]]]]


def plain_answer(description: str, media_type: str) -> Responses:
    """Describe an answer that is no model of ours."""
    return {200: {"description": description, "content": {media_type: {}}}}


def as_text(app: APIFlask) -> str:
    """Return the document as the committed file holds it."""
    return json.dumps(document(app), indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def document(app: APIFlask) -> dict[str, Any]:
    """Return the document of ``app`` as plain JSON values.

    Raises:
        ValueError: two different models have the same name.
    """
    spec: dict[str, Any] = json.loads(_REF.sub(r'"#/components/schemas/\1"', json.dumps(app.spec)))
    spec["components"] = {
        "schemas": _schemas(spec["components"]["schemas"]),
        "securitySchemes": {"session": {"type": "http", "scheme": "bearer"}},
    }
    open_operations = _open_operations(app)
    for path, operations in spec["paths"].items():
        for method, operation in operations.items():
            is_open = (path, method) in open_operations
            _finish(operation, is_open)
    return spec


def _open_operations(app: APIFlask) -> set[tuple[str, str]]:
    return {
        (rule.rule, method.lower())
        for rule in app.url_map.iter_rules()
        for method in PUBLIC.get(rule.endpoint, ())
    }


def _schemas(raw: dict[str, Any]) -> dict[str, Any]:
    problem = Problem.model_json_schema(ref_template=_REF_TEMPLATE)
    found: dict[str, Any] = {}
    for name, schema in (*raw.items(), *problem.pop("$defs").items(), ("Problem", problem)):
        short = name.rpartition(".")[2]
        if short in _FRAMEWORKS_OWN:
            continue
        if found.setdefault(short, schema) != schema:
            raise ValueError(f"two different models are called {short}")
    return dict(sorted(found.items()))


def _finish(operation: dict[str, Any], is_open: bool) -> None:
    refusal = {PROBLEM_MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    answers = {code: body for code, body in operation["responses"].items() if code < "400"}
    answers["default"] = {"description": "A refusal with its reason", "content": refusal}
    operation["responses"] = answers
    operation["security"] = [] if is_open else [{"session": []}]
