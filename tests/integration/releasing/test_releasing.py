"""From the first key to a rotated one by the commands that people type; the real client reads along."""

from pathlib import Path

import pytest

from tests.support.release_desk import ReleaseDesk
from update_manifest.selection import bucket


def versions(desk: ReleaseDesk, client: str = "client") -> list[str]:
    return [one.version for one in desk.read(client).releases.releases]


def test_from_the_first_key_to_a_rotated_one(tmp_path: Path) -> None:
    desk = ReleaseDesk(tmp_path)
    desk.begin()
    assert versions(desk) == []
    desk.release("1.0.0", 100)
    assert desk.read().exposure.builds == {}
    assert desk.offer("0.9.0", 90, by_hand=True) is None, "nobody is offered it before the first step"
    desk.step("rollout 100")
    assert desk.offer("0.9.0", 90) == "1.0.0"
    desk.release("1.1.0", 110, by=("cleo", "ben"))
    believed = desk.read()
    assert [one.version for one in believed.releases.releases] == ["1.1.0", "1.0.0"]
    (delta,) = believed.releases.releases[0].deltas
    assert delta.from_tree == believed.releases.releases[1].tree_sha256
    assert delta.length < believed.releases.releases[0].length * 0.6

    desk.step("rollout 25 --version 1.1.0")
    stages = desk.read().exposure.builds
    assert (stages["110"].percent, stages["100"].percent) == (25, 100)
    assert stages["110"].salt != stages["100"].salt
    believed = desk.read()
    for number in range(200):  # people outside the stage get the newest that is out for everybody
        early = bucket(stages["110"].salt, str(number)) < 2500
        one, other = (
            desk.offer(*old, str(number), believed=believed) for old in (("1.0.0", 100), ("0.9.0", 90))
        )
        assert (one, other) == (("1.1.0", "1.1.0") if early else (None, "1.0.0"))
    assert desk.offer("1.0.0", 100, by_hand=True) == "1.1.0"
    desk.step("pause --version 1.1.0")
    assert desk.read().exposure.builds["110"].pause
    assert desk.read().exposure.builds["110"].salt == stages["110"].salt

    assert desk.offer("1.0.0", 100, by_hand=True) is None
    assert desk.offer("0.9.0", 90, by_hand=True) == "1.0.0"
    desk.step("resume --version 1.1.0")
    assert desk.offer("1.0.0", 100, by_hand=True) == "1.1.0"

    desk.step("halt 1.1.0 --disable", by="hal")
    assert desk.offer("1.0.0", 100, by_hand=True) is None
    assert "1.1.0" in desk.read().disabled()
    disabled = desk.folder / "disabled"
    desk.type("disable 1.1.0 --repository {repository} --into {draft}", draft=disabled)
    desk.sign("disabled", "anna", "ben")
    desk.publish("disabled")
    assert desk.read().releases.disabled == ("1.1.0",)

    desk.make_keys("dora")
    desk.type(
        "root rotate --repository {repository} --into {draft} --remove targets cleo --add targets {dora}",
        draft=desk.folder / "rotated",
        dora=desk.public("dora"),
    )
    assert "release 1.1.0 for linux-x86_64 (stable): 1 of 2 (ben)" in desk.said
    desk.sign("rotated", "anna-root", "cleo-root", "dora", "anna")
    desk.publish("rotated")
    assert versions(desk) == ["1.1.0", "1.0.0"]
    assert versions(desk, "installed now") == ["1.1.0", "1.0.0"]
    desk.type("verify --repository {repository}")
    assert "dora" in desk.type("inspect {repository}")


def test_a_dry_run_writes_nothing_and_says_what_it_would(desk: ReleaseDesk) -> None:
    before = {path: path.read_bytes() for path in desk.repository.rglob("*.json")}
    desk.assemble("1.1.0", 110)
    desk.sign("1.1.0", "anna", "ben", "anna")
    said = [
        desk.publish("1.1.0", "--dry-run"),
        desk.step("rollout 5", options="--dry-run"),
        desk.step("pause", options="--dry-run"),
        desk.step("halt 1.0.0", by="hal", options="--dry-run"),
        desk.type("timestamp --repository {repository} --online-key {key} --dry-run", key=desk.key("online")),
    ]
    assert all("dry run, nothing was written" in one and "metadata/timestamp.json" in one for one in said)
    assert {path: path.read_bytes() for path in desk.repository.rglob("*.json")} == before


def test_the_online_key_says_each_day_that_nothing_newer_is_kept_back(desk: ReleaseDesk) -> None:
    for _ in range(9):
        desk.later(days=1)
        desk.type("timestamp --repository {repository} --online-key {key}", key=desk.key("online"))
        assert versions(desk) == ["1.0.0"]
    desk.later(days=70)
    desk.try_to("timestamp --repository {repository} --online-key {key}", key=desk.key("online"))
    assert "targets is believed until 2027-02-22" in desk.said
    desk.type("renew --repository {repository} --into {draft}", draft=desk.folder / "renewed")
    desk.sign("renewed", "anna", "ben", "eva", "hal")
    desk.publish("renewed")
    desk.later(days=1)
    assert versions(desk) == ["1.0.0"]


def test_the_root_file_is_renewed_before_it_ends(desk: ReleaseDesk) -> None:
    desk.type("renew --root --repository {repository} --into {draft}", draft=desk.folder / "root2")
    desk.sign("root2", "ben-root", "cleo-root")
    desk.publish("root2")
    assert versions(desk) == ["1.0.0"]
    assert (desk.repository / "metadata" / "2.root.json").is_file()


def test_a_version_goes_back_by_a_new_one(desk: ReleaseDesk) -> None:
    desk.release("1.2.0", 120)
    desk.release("1.1.1", 111, options="--allow-downgrade-from 1.2.0")
    believed = desk.read()
    assert [one.version for one in believed.releases.releases] == ["1.1.1", "1.0.0"]
    assert believed.releases.releases[0].allow_downgrade_from == ("1.2.0",)
    desk.step("rollout 100")
    assert desk.offer("1.2.0", 120) == desk.offer("1.0.0", 100) == "1.1.1"
    assert "1.2.0" in believed.disabled()


def test_the_release_that_everybody_may_have_stays_listed(desk: ReleaseDesk) -> None:
    for build in range(101, 105):
        desk.release(f"1.0.{build - 100}", build, options="--keep 2")
    assert versions(desk) == ["1.0.4", "1.0.3", "1.0.0"]


def test_mirrors_and_what_a_bundle_is_built_with(desk: ReleaseDesk) -> None:
    desk.step("mirrors https://mirror.example.com/njordhr/")
    believed = desk.read()
    assert believed.addresses("artifacts/x")[0] == "https://mirror.example.com/njordhr/artifacts/x"
    desk.type(
        "trust --repository {repository} --base-url https://updates.example.com/ --into {trust}",
        trust=desk.folder / "trust",
    )
    client = desk.client("from the bundle", (desk.folder / "trust" / "root.json").read_bytes())
    client.refresh()
    assert "https://updates.example.com/metadata/" in (desk.folder / "trust" / "updates.json").read_text()


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("rollout 5 --version 9.9.9", "has no release 9.9.9"),
        ("rollout 5 --platform windows-x86_64", "has no list for windows-x86_64"),
        ("rollout 5 --channel beta", "the channel beta"),
        ("halt 9.9.9", "has no 9.9.9"),
    ],
)
def test_a_step_that_means_nothing_is_refused(desk: ReleaseDesk, line: str, words: str) -> None:
    code = desk.try_to(
        line + " --repository {repository} --key {key} --online-key {online}",
        key=desk.key("eva"),
        online=desk.key("online"),
    )
    assert code == 1
    assert words in desk.said


def test_the_key_of_one_duty_does_nothing_of_another(desk: ReleaseDesk) -> None:
    for line, by in (
        ("rollout 5", "hal"),
        ("rollout 5", "anna"),
        ("halt 1.0.0", "eva"),
        ("halt 1.0.0", "online"),
    ):
        code = desk.try_to(
            line + " --repository {repository} --key {key} --online-key {online}",
            key=desk.key(by),
            online=desk.key("online"),
        )
        assert code == 1
        assert "nothing waits for this key" in desk.said
