import json
import re
import sys
from importlib.metadata import version
from pathlib import Path

import pytest
from packaging.licenses import canonicalize_license_expression

from tools import sbom


def test_what_the_app_is_made_of_is_listed_whole_and_nothing_else(tmp_path: Path) -> None:
    extras = ["--extra", "desktop", *(["--extra", "desktop-qt"] if sys.platform == "linux" else [])]
    for name in ("one", "two"):
        assert sbom.main([*extras, "--version", "1.4.2", "--out", str(tmp_path / name)]) == 0
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()
    made = json.loads((tmp_path / "one").read_text(encoding="utf-8"))
    assert (made["bomFormat"], made["specVersion"]) == ("CycloneDX", "1.6")
    assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", made["serialNumber"])
    assert made["metadata"]["component"]["version"] == "1.4.2"
    names = {one["name"] for one in made["components"]}
    assert {"tuf", "pydantic", "pydantic-core", "urllib3", "pywebview", "cryptography", "cffi"} <= names
    assert not names & {"pytest", "pyinstaller", "psycopg", "gunicorn", "njordhr"}
    refs = [one["bom-ref"] for one in made["components"]]
    assert len(refs) == len(set(refs))
    assert made["dependencies"][0]["dependsOn"] == refs


def test_what_is_for_another_system_or_extra_is_not_followed() -> None:
    assert sbom.closure(["no-such-distribution ; sys_platform == 'nowhere'"]) == {}
    assert "pyjwt" in sbom.closure(["PyJWT"])
    assert "cryptography" not in sbom.closure(["PyJWT"])
    assert "cryptography" in sbom.closure(["PyJWT[crypto]"])


def test_what_is_declared_and_not_installed_is_noticed() -> None:
    with pytest.raises(ModuleNotFoundError):
        sbom.closure(["no-such-distribution"])


def test_it_keeps_the_rules_of_cyclonedx(tmp_path: Path) -> None:
    """What bom-1.6.schema.json demands of the members that are used; other members it does not know."""
    assert sbom.main(["--extra", "desktop", "--version", "1.4.2", "--out", str(tmp_path / "bom")]) == 0
    made = json.loads((tmp_path / "bom").read_text(encoding="utf-8"))
    members = {
        "bomFormat",
        "specVersion",
        "serialNumber",
        "version",
        "metadata",
        "components",
        "dependencies",
    }
    assert set(made) == members
    uuid = r"urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
    assert re.fullmatch(uuid, made["serialNumber"])
    assert type(made["version"]) is int
    assert made["version"] >= 1
    own = made["metadata"]["component"]
    assert (own["type"], own["purl"]) == ("application", "pkg:generic/njordhr@1.4.2")
    for one in (own, *made["components"]):
        assert {"type", "name"} <= set(one) <= {"type", "name", "version", "bom-ref", "purl", "licenses"}
        assert all(isinstance(one[key], str) and one[key] for key in set(one) - {"licenses"})
    for one in made["components"]:
        assert one["type"] == "library"
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", one["name"]), "purl: lower case, and - for _ and ."
        assert one["purl"] == f"pkg:pypi/{one['name']}@{version(one['name'])}"
        assert re.fullmatch(r"[A-Za-z0-9.:/@_-]+", one["purl"]), "purl: all else is written in per cent"
        check_licences(one.get("licenses", []))
    refs = [one["bom-ref"] for one in (own, *made["components"])]
    assert len(set(refs)) == len(refs)
    for one in made["dependencies"]:
        assert set(one) == {"ref", "dependsOn"}
        assert {one["ref"], *one["dependsOn"]} <= set(refs)
        assert len(set(one["dependsOn"])) == len(one["dependsOn"])


def check_licences(given: list[dict[str, str]]) -> None:
    """An expression is alone, and one of SPDX."""
    assert len(given) <= 1
    for one in given:
        assert set(one) == {"expression"}
        assert canonicalize_license_expression(one["expression"]) == one["expression"]
