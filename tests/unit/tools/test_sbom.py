import json
import re
import sys
from pathlib import Path

import pytest

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
