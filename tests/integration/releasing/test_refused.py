"""What a client would refuse, or what would leave people without a way on, is not published."""

import json
import shutil
from collections.abc import Callable
from typing import Any

import pytest

from signing.release.key_uri import KeyUri
from signing.release.signers import open_signer
from tests.support.release_desk import PASSPHRASE, PLATFORM, CommandError, ReleaseDesk
from update_manifest.release import change, signatures

LIST = f"stable/{PLATFORM}.json"
Tamper = Callable[[dict[str, Any]], None]


def forge(desk: ReleaseDesk, draft: str, tamper: Callable[[dict[str, Any]], None]) -> str:
    """Change a list in a draft as a careless hand would, let enough people sign it anyway, and publish."""
    made = change.load(desk.folder / draft)
    content = json.loads(made.files[LIST])
    tamper(content)
    made.put(LIST, content)
    for name in ("anna", "ben", "anna"):
        signer = open_signer(KeyUri.parse(desk.key(name)), lambda _: PASSPHRASE)
        if signatures.missing(made):
            signatures.add(made, signer)
    change.save(made, desk.folder / draft)
    with pytest.raises(CommandError) as refused:
        desk.publish(draft)
    assert [one.version for one in desk.read().releases.releases] == ["1.0.0"], "the old version is untouched"
    return str(refused.value)


def newest(tamper: Tamper) -> Tamper:
    return lambda content: tamper(content["releases"][0])


def set_to(**members: Any) -> Tamper:
    return newest(lambda release: release.update(members))


TAMPERED: dict[str, tuple[Tamper, str]] = {
    "a path out of the folder": (
        newest(lambda release: release["files"][0].update(path="../autostart")),
        "files.0.path is not what a client reads",
    ),
    "an absolute path": (
        newest(lambda release: release["files"][0].update(path="/etc/passwd")),
        "files.0.path is not what a client reads",
    ),
    "another system": (set_to(platform="windows-x86_64"), "is for windows-x86_64"),
    "another channel": (set_to(channel="beta"), "is of the channel beta"),
    "another program": (set_to(app_id="other"), "is of another program"),
    "no hash": (newest(lambda release: release.pop("sha256")), "sha256 is not what a client reads"),
    "another hash": (set_to(sha256="0" * 64), "is not named by its hash"),
    "another tree": (set_to(tree_sha256="0" * 64), "is not the tree that it says"),
    "another file": (
        newest(lambda release: release["files"][1].update(sha256="0" * 64)),
        "is not the tree that it says",
    ),
    "a missing base": (
        newest(lambda release: release["deltas"][0].update(from_tree="0" * 64)),
        "starts from a bundle that is not listed",
    ),
    "a schema that goes backwards": (set_to(schema_max=2), "say so with allow_downgrade_from"),
    "no schema": (set_to(schema_min=9), "reads no schema at all"),
    "a build that goes backwards": (set_to(build=99), "does not come after 1.0.0"),
    "nobody could go to it": (set_to(min_from="1.1.0"), "nobody could go to 1.1.0"),
    "released at no time": (set_to(released="yesterday"), "was released at no time"),
    "safe only from what is not there": (lambda c: c.update(min_safe="2.0.0"), "no release that is offered"),
    "disabled before it is out": (lambda c: c.update(disabled=["1.1.0"]), "is disabled already"),
    "people outside the stage get nothing": (
        lambda c: c.update(releases=c["releases"][:1]),
        "people outside the stage would get nothing",
    ),
    "what is published is another one": (
        lambda c: c["releases"][1].update(notes="other words"),
        "is another one here; take a new version",
    ),
}


@pytest.fixture(scope="module")
def drafted(begun: Any, tmp_path_factory: pytest.TempPathFactory) -> ReleaseDesk:
    folder = tmp_path_factory.mktemp("drafted") / "desk"
    shutil.copytree(begun, folder)
    desk = ReleaseDesk(folder)
    desk.assemble("1.1.0", 110)
    return desk


@pytest.mark.parametrize("case", TAMPERED)
def test_a_list_is_not_published(drafted: ReleaseDesk, case: str) -> None:
    tamper, words = TAMPERED[case]
    draft = case.replace(" ", "-")
    shutil.copytree(drafted.folder / "1.1.0", drafted.folder / draft)
    assert words in forge(drafted, draft, tamper)


def test_below_the_threshold_nothing_is_published(desk: ReleaseDesk) -> None:
    desk.assemble("1.1.0", 110)
    desk.sign("1.1.0", "anna")
    with pytest.raises(CommandError, match=r"1 of 2 \(anna\); may sign: ben, cleo"):
        desk.publish("1.1.0")
    with pytest.raises(CommandError, match="nothing waits for this key"):
        desk.sign("1.1.0", "anna")
    with pytest.raises(CommandError, match="nothing waits for this key"):
        desk.sign("1.1.0", "eva")


def test_an_archive_that_was_exchanged_is_neither_signed_nor_published(desk: ReleaseDesk) -> None:
    desk.assemble("1.1.0", 110)
    (archive,) = (desk.folder / "1.1.0" / "artifacts").glob("*.tar.zst")
    kept = archive.read_bytes()
    archive.write_bytes(kept[:-1] + b"!")
    with pytest.raises(CommandError, match="do not sign this"):
        desk.sign("1.1.0", "anna")
    archive.write_bytes(kept)
    desk.sign("1.1.0", "anna", "ben", "anna")
    archive.unlink()
    with pytest.raises(CommandError, match="its archive is not there"):
        desk.publish("1.1.0")


def test_a_delta_that_makes_something_else_is_not_published(desk: ReleaseDesk) -> None:
    desk.assemble("1.1.0", 110)
    (delta,) = (desk.folder / "1.1.0" / "artifacts").glob("*.delta")
    delta.unlink()
    desk.sign("1.1.0", "anna", "ben", "anna")
    with pytest.raises(CommandError, match=r"delta from 1\.0\.0: it is not there"):
        desk.publish("1.1.0")


@pytest.mark.parametrize(
    ("platform", "option"),
    [("windows-x86_64", f"--windows-spki {'a' * 64}"), ("macos-arm64", "--macos-team ABCDE12345")],
)
def test_programs_name_their_publisher_unless_somebody_says_so(
    desk: ReleaseDesk, platform: str, option: str
) -> None:
    bundle = desk.bundle("1.1.0", 110, platform=platform)
    line = "assemble --repository {repository} --into {draft} --bundle {bundle} --level 3 "
    with pytest.raises(CommandError, match="--unsigned-programs"):
        desk.type(line, draft=desk.folder / "draft", bundle=bundle)
    assert not (desk.folder / "draft").exists()
    for number, options in enumerate((option, "--unsigned-programs")):
        draft = f"draft{number}"
        desk.type(line + options, draft=desk.folder / draft, bundle=bundle)
        assert "exposure: 0 of 1" in desk.said, "a system that is new has feeds that are new"
        desk.sign(draft, "anna", "ben", "anna", "eva")
        desk.publish(draft, "--dry-run")


def test_a_version_is_never_made_twice(desk: ReleaseDesk) -> None:
    with pytest.raises(CommandError, match="a release is never changed"):
        desk.assemble("1.0.1", 100)


def test_a_draft_that_others_overtook_is_begun_again(desk: ReleaseDesk) -> None:
    desk.assemble("1.1.0", 110)
    desk.sign("1.1.0", "anna", "ben", "anna")
    desk.step("rollout 50")
    with pytest.raises(CommandError, match="begin it again"):
        desk.publish("1.1.0")


def test_another_online_key_is_refused(desk: ReleaseDesk) -> None:
    desk.make_keys("other")
    code = desk.try_to("timestamp --repository {repository} --online-key {key}", key=desk.key("other"))
    assert code == 1
    assert "is not the one of the root file" in desk.said


def test_a_salt_is_never_used_again(desk: ReleaseDesk) -> None:
    desk.release("1.1.0", 110)
    path = f"exposure/{LIST}"
    desk.type("renew --repository {repository} --into {draft}", draft=desk.folder / "feeds")
    made = change.load(desk.folder / "feeds")
    feed = json.loads(made.files[path])
    again = {"percent": 5, "salt": feed["builds"]["100"]["salt"]}
    made.put(path, {**feed, "builds": {**feed["builds"], "110": again}})
    change.save(made, desk.folder / "feeds")
    desk.sign("feeds", "anna", "ben", "eva", "hal")
    with pytest.raises(CommandError, match="has the salt of another"):
        desk.publish("feeds")


def test_what_is_published_and_damaged_is_noticed(desk: ReleaseDesk) -> None:
    (archive,) = (desk.repository / "artifacts").glob("*.tar.zst")
    archive.write_bytes(b"other")
    assert desk.try_to("verify --repository {repository}") == 1
    assert "is not there or is another one" in desk.said
    desk.later(days=3)
    assert desk.try_to("verify --repository {repository}") == 1
    assert "update.frozen" in desk.said
