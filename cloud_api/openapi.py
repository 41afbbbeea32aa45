"""The OpenAPI 3.1 document of this API, made from the routes themselves.

APIFlask describes each route; here every refusal becomes the one problem document, every model gets one
entry under its own name, and each operation says which right of the policy table it needs.
"""

import json
import re
from typing import Any

from apiflask import APIFlask

from cloud_api.auth.guard import Rule, rules_of
from cloud_api.auth.policy import Action
from protocol.problems import PROBLEM_MEDIA_TYPE, Problem

_REF = re.compile(r'"#/components/schemas/[A-Za-z0-9_]+\.([A-Za-z0-9_]+)"')
_UUID_IN_RULE = re.compile(r"<uuid:([a-z_]+)>")
_REF_TEMPLATE = "#/components/schemas/{model}"


def document(app: APIFlask) -> dict[str, Any]:
    """Return the document of ``app`` as plain JSON values.

    Raises:
        ValueError: two different models have the same name.
    """
    raw = json.loads(json.dumps(app.spec))
    spec: dict[str, Any] = json.loads(_REF.sub(r'"#/components/schemas/\1"', json.dumps(raw)))
    spec["components"] = {
        "schemas": _flat_schemas(spec["components"]["schemas"]),
        "securitySchemes": {"bearer": {"type": "http", "scheme": "bearer"}},
    }
    who = rules_of(app)
    for rule in app.url_map.iter_rules():
        path = re.sub(r"<(?:[^:<>]+:)?([^<>]+)>", r"{\1}", rule.rule)
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}:
            operation = spec["paths"][path][method.lower()]
            _finish(operation, rule.rule, who[rule.endpoint])
    return spec


def as_text(app: APIFlask) -> str:
    """Return the document as the committed file holds it."""
    return json.dumps(document(app), indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def _flat_schemas(schemas: dict[str, Any]) -> dict[str, Any]:
    flat: dict[str, Any] = {}
    problem = Problem.model_json_schema(ref_template=_REF_TEMPLATE)
    models = [*schemas.items(), *problem.pop("$defs").items(), ("Problem", problem)]
    for name, schema in models:
        short = name.rpartition(".")[2]
        if short in ("ValidationError", "HTTPError"):
            continue
        if flat.setdefault(short, schema) != schema:
            raise ValueError(f"two different models are called {short}")
    return dict(sorted(flat.items()))


def _finish(operation: dict[str, Any], rule: str, who: Rule | None) -> None:
    refusals = {PROBLEM_MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    answers = {code: body for code, body in operation["responses"].items() if code < "400"}
    answers["default"] = {"description": "A refusal with its reason", "content": refusals}
    operation["responses"] = answers
    for parameter in operation.get("parameters", ()):
        if parameter["in"] == "path" and parameter["name"] in _UUID_IN_RULE.findall(rule):
            parameter["schema"] = {"type": "string", "format": "uuid"}
    operation["security"] = [{"bearer": []}] if isinstance(who, Action) else []
    if isinstance(who, Action):
        operation["x-policy-action"] = who.value
