from pathlib import Path

import pytest

from desktop.packaging.staged_sources import LEFT_OUT, PACKAGES, data_of, modules_of, stage
from tests.support.tree import ROOT


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Path:
    to = tmp_path_factory.mktemp("staged") / "sources"
    stage(ROOT, to, "7.8.9")
    return to


def test_only_what_ships_is_there(sources: Path) -> None:
    assert sorted(path.name for path in sources.iterdir()) == sorted(PACKAGES)
    assert not [path for path in LEFT_OUT if (sources / path).exists()]
    assert not list(sources.rglob("__pycache__"))


def test_the_version_is_that_of_the_bundle(sources: Path) -> None:
    assert 'VERSION = "7.8.9"\n' in (sources / "agent_core" / "__init__.py").read_text(encoding="utf-8")


def test_sources_that_do_not_say_their_version_are_refused(tmp_path: Path) -> None:
    for package in PACKAGES:
        (tmp_path / "root" / package).mkdir(parents=True)
        (tmp_path / "root" / package / "__init__.py").touch()

    with pytest.raises(LookupError):
        stage(tmp_path / "root", tmp_path / "to", "1.0.0")


def test_modules_are_named_as_they_are_imported(sources: Path) -> None:
    names = modules_of(sources, ("desktop.launcher",))

    assert {"desktop.launcher", "desktop.launcher.__main__", "desktop.launcher.decisions"} <= set(names)


def test_data_goes_where_its_package_looks_for_it(sources: Path) -> None:
    found = data_of(sources, ("protocol",))

    assert (str(sources / "protocol" / "data" / "portal_ranks.txt"), "protocol/data") in found
    assert not [path for path, _ in found if path.endswith((".py", ".pyc"))]
