"""The compose file and the runbooks name only what there is: settings, commands, services, files, tables."""

import json
import re
import shlex
from pathlib import Path
from typing import Any

import click
import pytest
import yaml

from cloud_api.admin.command import cli
from cloud_api.settings import PREFIX, CloudSettings
from deploy.make_secrets import main as make_secrets
from tests.support.tree import ROOT

COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "deploy" / "compose.yaml").read_text(encoding="utf-8"))
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
RECIPE = (ROOT / "cloud_api" / "Dockerfile").read_text(encoding="utf-8")
RUNBOOKS = sorted((ROOT / "docs" / "runbooks").glob("*.md"))
OURS = {
    *(f"{PREFIX}{name.upper()}" for name in CloudSettings.model_fields),
    f"{PREFIX}ADMIN_URL",
    f"{PREFIX}API_PASSWORD",
    "NJORDHR_DRILL_URL",
    "NJORDHR_MEMBER_PASSWORD",
}


def lines() -> list[tuple[str, list[str]]]:
    """Return each line of the runbooks' grey boxes, in words."""
    found = []
    for runbook in RUNBOOKS:
        for box in re.findall(r"(?ms)^```sh\n(.*?)^```$", runbook.read_text(encoding="utf-8")):
            found += [(runbook.name, shlex.split(line)) for line in box.splitlines()]
    return found


def composed(words: list[str]) -> list[str] | None:
    """Return what a line tells compose to do."""
    words = words[words.index("|") + 1 :] if "|" in words and "C" in words[words.index("|") :] else words
    return words[1 : words.index("|") if "|" in words else None] if words[0] == "C" else None


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_is_told_only_what_exists(name: str) -> None:
    service = SERVICES[name]
    told = {key for key in service.get("environment", {}) if key.startswith("NJORDHR_")}
    assert {key.removesuffix("_FILE") for key in told} <= OURS
    for value in service.get("environment", {}).values():
        if str(value).startswith("/run/secrets/"):
            assert Path(value).name in service["secrets"]
    assert set(service.get("secrets", ())) <= set(COMPOSE["secrets"])
    assert set(service.get("networks", ())) <= set(COMPOSE["networks"])
    assert set(service.get("depends_on", ())) <= set(SERVICES)


def test_the_settings_of_the_api_are_complete(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_secrets(tmp_path / "secrets")
    environment = SERVICES["api"]["environment"]
    values = {}
    for key, value in environment.items():
        plain = re.sub(r"\$\{\w+:\?[^}]*\}", "host.example.com", str(value))
        name = key.removeprefix(PREFIX).removesuffix("_FILE").lower()
        secret = tmp_path / "secrets" / Path(plain).name
        values[name] = secret.read_text(encoding="utf-8").strip() if key.endswith("_FILE") else plain
    values["allowed_origin"] = "https://office.example.com"
    assert values["database_url"].startswith("postgresql://njordhr_api:")
    assert CloudSettings.model_validate(values).s3_endpoint == "https://host.example.com"


def test_secrets_are_made_once_and_fit_together(tmp_path: Path) -> None:
    folder = tmp_path / "secrets"
    make_secrets(folder)
    made = {path.name: path.read_text(encoding="utf-8").strip() for path in folder.iterdir()}
    assert set(made) == set(COMPOSE["secrets"])
    make_secrets(folder)
    assert {path.name: path.read_text(encoding="utf-8").strip() for path in folder.iterdir()} == made
    assert made["postgres_password"] in made["admin_url"]
    assert made["api_password"] in made["database_url"]
    (user,) = json.loads(made["s3_users"])["identities"]
    assert user["credentials"][0]["secretKey"] == made["s3_secret_key"]
    assert user["name"] == SERVICES["api"]["environment"][f"{PREFIX}S3_ACCESS_KEY"]
    assert folder.stat().st_mode & 0o077 == 0


def test_nothing_secret_is_in_the_file_and_only_the_proxy_reaches_the_services() -> None:
    text = (ROOT / "deploy" / "compose.yaml").read_text(encoding="utf-8")
    assert not re.search(r"(password|secret|key): *[\"']?[A-Za-z0-9]{12,}", text, re.IGNORECASE)
    ports = [port for service in SERVICES.values() for port in service.get("ports", ())]
    assert ports
    assert all(port.startswith("127.0.0.1:") for port in ports)
    assert COMPOSE["networks"]["inside"] == {"internal": True}
    assert SERVICES["postgres"]["networks"] == ["inside"]


def test_what_the_image_copies_and_runs_is_there() -> None:
    for source in re.findall(r"^COPY (\S+) \S+$", RECIPE, re.MULTILINE):
        assert (ROOT / source).exists()
    assert "cloud_api.wsgi:app" in RECIPE
    assert "/health/live" in RECIPE
    context = (
        ROOT / "deploy" / COMPOSE["x-cloud"]["build"]["context"] / COMPOSE["x-cloud"]["build"]["dockerfile"]
    )
    assert context.resolve() == ROOT / "cloud_api" / "Dockerfile"


@pytest.mark.parametrize(("runbook", "words"), lines(), ids=lambda value: str(value)[:60])
def test_a_line_of_a_runbook_can_be_typed(runbook: str, words: list[str]) -> None:
    assert runbook
    for word in words:
        if word.startswith("deploy/") and not word.startswith(
            ("deploy/secrets", "deploy/backups", "deploy/.env")
        ):
            assert (ROOT / word).exists(), word
    told = composed(words)
    if told is None:
        return
    if "exec" in told or "run" in told or "up" in told:
        assert {word for word in told if word in SERVICES}, told
    if told[0] == "run" and "admin" in told:
        check_command(cli, told[told.index("admin") + 1 :])
    for module in re.findall(r"-m (cloud_api[.\w]*)", " ".join(told)):
        path = ROOT / module.replace(".", "/")
        assert path.with_suffix(".py").exists() or (path / "__main__.py").exists()


def check_command(command: click.Command, words: list[str]) -> None:
    """Follow a command line through click's own table of commands and options."""
    while isinstance(command, click.Group):
        found = command.get_command(click.Context(command), words[0])
        assert found is not None, words
        command, words = found, words[1:]
    known = {option for parameter in command.params for option in parameter.opts}
    assert {word for word in words if word.startswith("--")} <= known, words
    command.make_context("test", [word.replace("/backups/2026-11-24", ".") for word in words])


def test_a_line_that_names_nothing_is_noticed() -> None:
    with pytest.raises(AssertionError):
        check_command(cli, ["restore"])
    with pytest.raises(AssertionError):
        check_command(cli, ["backup", "--to", "x"])


def test_each_runbook_is_in_the_list() -> None:
    index = (ROOT / "docs" / "runbooks" / "README.md").read_text(encoding="utf-8")
    assert all(f"({path.name})" in index for path in RUNBOOKS if path.name != "README.md")


def test_the_timer_starts_the_service_with_the_admins_command() -> None:
    service = (ROOT / "deploy" / "njordhr-backup.service").read_text(encoding="utf-8")
    (line,) = re.findall(r"run --rm admin (.*)'$", service, re.MULTILINE)
    check_command(cli, shlex.split(line.replace("%%", "%")))
    assert (ROOT / "deploy" / "njordhr-backup.timer").is_file()
