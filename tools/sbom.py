"""Write what a release is made of, as a CycloneDX list: ``python -m tools.sbom --extra desktop --out FILE``.

It walks the declared dependencies of an extra through what is installed, for the system that it runs on. The
same installation gives the same bytes.
"""

import argparse
import json
import re
import sys
import tomllib
import uuid
from collections.abc import Iterator, Mapping
from importlib.metadata import Distribution, distribution
from pathlib import Path
from typing import Any
from urllib.parse import quote

from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[1]
NAME = "njordhr"
SPACE = uuid.UUID("8b1f2f0e-6f1c-5a37-9f5d-1b7a60b1d9c4")
"""Makes of a content an id that is always the same."""


def main(arguments: list[str]) -> int:
    """Write the list."""
    parser = argparse.ArgumentParser(prog="python -m tools.sbom", description="List what a release is of.")
    parser.add_argument("--extra", action="append", required=True, help="of pyproject.toml; may be repeated")
    parser.add_argument("--version", required=True, help="of the release")
    parser.add_argument("--out", type=Path, required=True)
    asked = parser.parse_args(arguments)
    project = _project()
    wanted = [one for extra in asked.extra for one in _of_extra(project, extra)]
    found = closure([*project["dependencies"], *wanted])
    asked.out.write_text(json.dumps(bill(found, asked.version), indent=1) + "\n", encoding="utf-8")
    return 0


def closure(requirements: list[str]) -> dict[str, Distribution]:
    """Return every installed distribution that these need here, by its normal name.

    Raises:
        PackageNotFoundError: one is declared for this system and not installed.
    """
    found: dict[str, Distribution] = {}
    waiting = [(Requirement(text), "") for text in requirements]
    seen: set[tuple[str, str]] = set()
    while waiting:
        requirement, extra = waiting.pop()
        if requirement.marker and not requirement.marker.evaluate({"extra": extra}):
            continue
        name = normal(requirement.name)
        found.setdefault(name, distribution(name))
        for wanted in ("", *requirement.extras):
            if (name, wanted) not in seen:
                seen.add((name, wanted))
                waiting += [(Requirement(text), wanted) for text in found[name].requires or ()]
    return dict(sorted(found.items()))


def bill(found: Mapping[str, Distribution], version: str) -> dict[str, Any]:
    """Return the list in CycloneDX 1.6."""
    components = [_component(name, one) for name, one in found.items()]
    own = f"pkg:generic/{NAME}@{version}"
    content = json.dumps([own, components], sort_keys=True)
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.uuid5(SPACE, content)}",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": own,
                "name": NAME,
                "version": version,
                "purl": own,
            }
        },
        "components": components,
        "dependencies": [{"ref": own, "dependsOn": [one["bom-ref"] for one in components]}],
    }


def normal(name: str) -> str:
    """Return the one spelling of a distribution's name."""
    return re.sub(r"[-_.]+", "-", name).lower()


def _component(name: str, one: Distribution) -> dict[str, Any]:
    purl = f"pkg:pypi/{name}@{quote(one.version, safe='')}"
    made = {"type": "library", "bom-ref": purl, "name": name, "version": one.version, "purl": purl}
    if "License-Expression" not in one.metadata:
        return made
    return {**made, "licenses": [{"expression": one.metadata["License-Expression"]}]}


def _of_extra(project: Mapping[str, Any], extra: str) -> Iterator[str]:
    """Return the requirements of an extra; one that names another of our own stands for that."""
    for text in project["optional-dependencies"][extra]:
        requirement = Requirement(text)
        if requirement.name != NAME:
            yield text
            continue
        for other in sorted(requirement.extras):
            yield from _of_extra(project, other)


def _project() -> dict[str, Any]:
    return dict(tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
