"""Which browser and driver are started, and with what."""

from pathlib import Path

from agent_core.portal.programs import (
    BrowserOptions,
    Programs,
    browser_environment,
    browser_flags,
    driver_command,
    find_programs,
)


def options(browser: str | None = None, driver: str | None = None) -> BrowserOptions:
    return BrowserOptions(browser, driver, headless=True, profile_root=Path("/p"))


def test_given_paths_go_first() -> None:
    wanted = Programs("/opt/chrome", "/opt/driver")
    assert find_programs(options("/opt/chrome", "/opt/driver"), lambda name: f"/bin/{name}") == wanted


def test_the_search_path_goes_next() -> None:
    there = {"chromium": "/bin/chromium", "chromedriver": "/bin/chromedriver"}
    assert find_programs(options(), there.get) == Programs("/bin/chromium", "/bin/chromedriver")


def test_edge_gets_its_own_driver() -> None:
    there = {"microsoft-edge": "/bin/microsoft-edge", "chromedriver": "/c", "msedgedriver": "/e"}
    found = find_programs(options(), there.get)
    assert found == Programs("/bin/microsoft-edge", "/e")
    assert found.is_edge


def test_what_is_not_there_stays_open() -> None:
    assert find_programs(options(), lambda _: None) == Programs(None, None)


def test_the_sandbox_is_off_for_root_only() -> None:
    assert "--no-sandbox" in browser_flags(Path("/p"), headless=True, is_root=True)
    flags = browser_flags(Path("/p"), headless=False, is_root=False)
    assert "--no-sandbox" not in flags
    assert "--headless=new" not in flags
    assert "--user-data-dir=/p" in flags


def test_our_own_variables_do_not_reach_the_browser() -> None:
    env = {"HOME": "/h", "NJORDHR_PORTAL_PASSWORD": "secret", "SE_DEBUG": "1"}
    assert browser_environment(env) == {"HOME": "/h"}


def test_the_drivers_log_does_not_hold_what_is_typed() -> None:
    command = driver_command("/d", Path("/p"))
    assert not {"--verbose", "--log-level=ALL", "--log-level=DEBUG", "--log-level=INFO"} & set(command)
