"""What GitHub runs is pinned, may do little, and types commands that exist."""

import re
import shlex
from typing import Any

import click
import pytest
import yaml

from setup_steps.command import VERBS
from tests.support.tree import ROOT
from update_manifest.release.command import cli

FOLDER = ROOT / ".github" / "workflows"
WORKFLOWS = sorted(path.name for path in FOLDER.glob("*.yml"))
PINNED = re.compile(r"^\s*(?:- )?uses: [\w.-]+/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$")
WRITES = {("release.yml", "draft"), ("publish.yml", "publish")}
"""The only jobs that may write: one makes the draft, one makes it public."""
SIGNING = re.compile(r"secrets\.(\w+)")
SECRETS = {"UPDATES_SSH_KEY", "NJORDHR_ONLINE_KEY", "NJORDHR_KEY_PASSPHRASE"}


def read(name: str) -> dict[Any, Any]:
    return dict(yaml.safe_load((FOLDER / name).read_text(encoding="utf-8")))


def runs(name: str) -> list[str]:
    """Return each line that a workflow types."""
    jobs = read(name)["jobs"].values()
    return [
        line.strip()
        for job in jobs
        for step in job["steps"]
        for line in step.get("run", "").replace("\\\n", " ").splitlines()
    ]


@pytest.mark.parametrize("name", WORKFLOWS)
def test_every_action_is_pinned_by_a_whole_hash_with_its_version_beside_it(name: str) -> None:
    lines = [line for line in (FOLDER / name).read_text(encoding="utf-8").splitlines() if "uses:" in line]
    assert lines
    assert [line for line in lines if not PINNED.match(line)] == []


def test_one_action_has_one_hash() -> None:
    found: dict[str, set[str]] = {}
    for name in WORKFLOWS:
        for action, pin in re.findall(
            r"uses: (\S+?)@(.+)$", (FOLDER / name).read_text(encoding="utf-8"), re.MULTILINE
        ):
            found.setdefault(action, set()).add(pin)
    assert all(len(pins) == 1 for pins in found.values())


@pytest.mark.parametrize("name", WORKFLOWS)
def test_nobody_may_more_than_it_must(name: str) -> None:
    workflow = read(name)
    assert workflow["permissions"] == {}
    for job, told in workflow["jobs"].items():
        allowed = {"contents": "write" if (name, job) in WRITES else "read"}
        assert told["permissions"] == allowed, job
        assert told["timeout-minutes"] <= 60
        for step in told["steps"]:
            if "checkout" in step.get("uses", ""):
                assert step["with"]["persist-credentials"] is False


@pytest.mark.parametrize("name", WORKFLOWS)
def test_nothing_that_others_write_becomes_a_command(name: str) -> None:
    for line in runs(name):
        assert "${{" not in line, "a tag's name is text, and reaches a shell by a variable"


@pytest.mark.parametrize("name", WORKFLOWS)
def test_no_key_that_signs_a_release_is_there(name: str) -> None:
    assert set(SIGNING.findall((FOLDER / name).read_text(encoding="utf-8"))) <= SECRETS
    jobs = read(name)["jobs"]
    for told in jobs.values():
        if any("secrets." in str(step) for step in told["steps"]):
            assert told["environment"], "secrets are given by an environment that has rules of its own"


def test_the_commands_of_the_workflows_are_there() -> None:
    typed = [line for name in WORKFLOWS for line in runs(name) if "build.py" in line]
    assert {shlex.split(line)[2] for line in typed} >= {"test", "bundle", "release"}
    for line in typed:
        words = shlex.split(line)
        assert words[2] in VERBS
        if words[2] == "release":
            command = cli.get_command(click.Context(cli), words[3])
            assert command is not None
            known = {option for parameter in command.params for option in parameter.opts}
            assert {word for word in words if word.startswith("--")} <= known
