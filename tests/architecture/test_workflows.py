"""What GitHub runs is pinned, may do little, and types commands that exist."""

import json
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import click
import pytest
import yaml

from desktop.packaging.installers.__main__ import installer_parser, windows_signer
from desktop.packaging.signing.windows import Osslsigncode
from setup_steps.command import VERBS
from tests.support.tree import ROOT
from update_manifest.release.command import cli

FOLDER = ROOT / ".github" / "workflows"
WORKFLOWS = sorted(path.name for path in FOLDER.glob("*.yml"))
PINNED = re.compile(r"^\s*(?:- )?uses: [\w.-]+/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$")
WRITES = {("release.yml", "draft"), ("publish.yml", "publish")}
"""The only jobs that may write: one makes the draft, one makes it public."""
ROOTS = Path("/etc/ssl/certs/ca-certificates.crt")
SIGNING = re.compile(r"secrets\.(\w+)")
SECRETS = {
    "publishing": {"UPDATES_SSH_KEY", "NJORDHR_ONLINE_KEY", "NJORDHR_KEY_PASSPHRASE"},
    "timestamp": {"UPDATES_SSH_KEY", "NJORDHR_ONLINE_KEY", "NJORDHR_KEY_PASSPHRASE"},
    "code-signing": {
        "WINDOWS_SIGNING_KEY",
        "WINDOWS_SIGNING_PASSWORD",
        "MACOS_CERTIFICATES",
        "MACOS_CERTIFICATES_PASSWORD",
        "APPLE_ID",
        "APPLE_PASSWORD",
    },
}
"""What each environment gives; none of it signs a release."""


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
    for told in read(name)["jobs"].values():
        found = set(SIGNING.findall(str(told)))
        if found:
            assert found <= SECRETS[told["environment"]], (
                "an environment that has rules of its own gives them"
            )
        for step in told["steps"]:
            assert "secrets." not in str({key: value for key, value in step.items() if key != "env"})


def test_the_commands_of_the_workflows_are_there() -> None:
    typed = [line for name in WORKFLOWS for line in runs(name) if "build.py" in line]
    assert {shlex.split(line)[2] for line in typed} >= {"test", "bundle", "installer", "release"}
    for line in typed:
        words = shlex.split(line)
        assert words[2] in VERBS
        if words[2] == "installer":
            options = set(re.findall(r"--[a-z-]+", installer_parser().format_help()))
            assert {word for word in words if word.startswith("--")} <= options
        if words[2] == "release":
            command = cli.get_command(click.Context(cli), words[3])
            assert command is not None
            known = {option for parameter in command.params for option in parameter.opts}
            assert {word for word in words if word.startswith("--")} <= known


@pytest.mark.parametrize("job", ["windows", "macos"])
def test_programs_are_signed_before_anything_is_made_of_them(job: str) -> None:
    jobs = read("release.yml")["jobs"]
    told = jobs[job]
    assert told["needs"] == "bundle"
    assert set(jobs["draft"]["needs"]) == {"bundle", "windows", "macos"}
    steps = told["steps"]
    place = {
        mark: next(at for at, step in enumerate(steps) if mark in str(step))
        for mark in ("secrets.", "--only-programs", "--programs-signed", "nobody signs", "upload-artifact")
    }
    assert list(place.values()) == sorted(place.values())
    assert sum("secrets." in str(step) for step in steps) == 1
    signs, packs, plain = (steps[place[mark]] for mark in list(place)[1:4])
    assert signs["run"].index("--only-programs") < signs["run"].index("tar --create")
    assert signs["if"] == packs["if"] == "steps.who.outputs.configured == 'yes'"
    assert plain["if"] == "steps.who.outputs.configured != 'yes'"
    assert next(step for step in steps if step.get("name") == "Forget the keys")["if"] == "always()"


def who_signs(job: str, folder: Path, **given: str) -> str:
    """Type the step that finds out who signs; return what it told the steps after it."""
    (step,) = (one for one in read("release.yml")["jobs"][job]["steps"] if one.get("id") == "who")
    output = folder / "output"
    names = dict.fromkeys(step["env"], "")
    places = {"GITHUB_OUTPUT": str(output), "RUNNER_TEMP": str(folder), "PATH": "/usr/bin:/bin"}
    (folder / "python").symlink_to(sys.executable)
    places["PATH"] = f"{folder}:{places['PATH']}"
    done = subprocess.run(
        ["bash", "-e", "-o", "pipefail", "-c", step["run"]],
        env={**names, **places, **given},
        check=True,
        capture_output=True,
        text=True,
    )
    return done.stdout + output.read_text(encoding="utf-8")


@pytest.mark.skipif(sys.platform == "win32", reason="the steps are typed to a shell of Unix")
@pytest.mark.parametrize("job", ["windows", "macos"])
def test_without_keys_it_is_said_that_nothing_is_signed(job: str, tmp_path: Path) -> None:
    said = who_signs(job, tmp_path)
    assert "::notice title=Not signed::" in said
    assert "configured=no" in said
    assert not (tmp_path / "signing").exists()


@pytest.mark.skipif(not ROOTS.is_file(), reason="the job runs on Ubuntu, and takes the roots it knows")
def test_keys_of_windows_lie_where_only_this_job_reads(tmp_path: Path) -> None:
    clock = "http://clock.example"
    said = who_signs(
        "windows", tmp_path, CERTIFICATES="chain", TIMESTAMP_URL=clock, KEY="secret", PASSWORD="word"
    )
    assert said == "configured=yes\n"
    folder = tmp_path / "signing"
    signer = windows_signer(folder / "signing.json")
    assert isinstance(signer, Osslsigncode)
    assert (signer.timestamp_url, signer.key) == (clock, str(folder / "key.pem"))
    assert signer.password_file is not None
    assert signer.password_file.read_text(encoding="utf-8") == "word"
    assert {path.stat().st_mode & 0o77 for path in (folder, *folder.iterdir())} == {0}
    assert "secret" not in json.dumps((folder / "signing.json").read_text(encoding="utf-8"))


def test_the_draft_says_of_each_system_whether_it_is_signed() -> None:
    text = " ".join(runs("release.yml"))
    assert "for platform in windows-x86_64 macos-arm64" in text
    assert "are NOT signed for the system" in text
