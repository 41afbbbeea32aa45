"""Nothing of a machine, a registry, a key or a real person is in the repository."""

import re

import pytest

from tests.support.tree import ROOT, repository_files

TEXT = (".py", ".md", ".ts", ".tsx", ".json", ".toml", ".txt", ".sql", ".css", ".html", ".yml", ".yaml", "")
MACHINE = re.compile(r"(?<![\w.])/(?:work|root|farm)/[a-z.]")
REGISTRIES = re.compile(
    "|".join(
        ("pypi" + r"\.org", "pythonhosted" + r"\.org", "npmjs" + r"\.(?:org|com)", "deb" + r"\.debian\.org")
    )
)
PRIVATE_KEY = re.compile("-----BEGIN [A-Z ]*PRIVATE" + " KEY-----")
EMAIL = re.compile(r"[A-Za-z0-9._+-]+@([A-Za-z0-9-]+\.)+[A-Za-z]{2,}")
SYNTHETIC = re.compile(
    r"@(?:[a-z0-9-]+\.)*(?:example\.(?:com|org|net)|example|invalid|test|localhost)$", re.IGNORECASE
)


def _texts() -> list[str]:
    return [path for path in repository_files() if path.endswith(TEXT) and not path.endswith(".png")]


def _read(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8", errors="replace")


@pytest.mark.parametrize("pattern", [MACHINE, REGISTRIES, PRIVATE_KEY], ids=["machine", "registry", "key"])
def test_no_file_names(pattern: re.Pattern[str]) -> None:
    found = [path for path in _texts() if pattern.search(_read(path))]
    assert not found


def test_every_e_mail_address_is_synthetic() -> None:
    found = [
        f"{path}: {match.group()}"
        for path in _texts()
        if not path.endswith("package-lock.json")
        for match in EMAIL.finditer(_read(path))
        if not SYNTHETIC.search(match.group())
    ]
    assert not found
