import pytest

from desktop.packaging.contents import FORBIDDEN_MODULES
from desktop.packaging.recipes import launcher, program


@pytest.mark.parametrize("system", ["linux", "darwin", "win32"])
def test_the_app_has_the_one_web_view_of_its_system(system: str) -> None:
    recipe = program(system, "linux-x86_64")

    views = [name for name in recipe.hidden if name.startswith("webview.")]
    assert len(views) == (2 if system == "win32" else 1)
    assert any(name.startswith("PySide6") for name in recipe.hidden) == (system == "linux")


def test_the_app_brings_the_driver_finder_of_its_own_system_only() -> None:
    left_out = program("linux", "linux-x86_64").left_out

    assert "selenium/webdriver/common/macos/*" in left_out
    assert "selenium/webdriver/common/linux-x86_64/*" not in left_out


def test_no_recipe_asks_for_what_must_not_ship() -> None:
    for recipe in (program("linux", "linux-x86_64"), launcher("linux")):
        assert not set(recipe.packages) & set(FORBIDDEN_MODULES)


def test_the_launcher_brings_nothing_that_was_installed() -> None:
    assert launcher("linux").hidden == ()
    assert {"pydantic", "webview", "PySide6", "cryptography"} <= set(launcher("linux").excluded)
