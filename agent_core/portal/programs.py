"""Which browser and driver to start, and how. Nothing is started here."""

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

BROWSER_NAMES = (
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "chromium",
    "chromium-browser",
    "microsoft-edge",
    "microsoft-edge-stable",
    "msedge",
)
OLDEST_BROWSER = 112
"""The first version whose headless mode is the real browser."""

PROFILE_MARK = "--njordhr-profile="
"""The driver ignores it; it ties the driver's process to its profile."""

_OWN_VARIABLES = "NJORDHR_"


@dataclass(frozen=True)
class BrowserOptions:
    """How the browser is started.

    Attributes:
        browser_path: nothing for the one that is installed.
        driver_path: nothing for the one that fits.
        profile_root: holds a new profile for each start, and the record of started browsers.
    """

    browser_path: str | None
    driver_path: str | None
    headless: bool
    profile_root: Path


@dataclass(frozen=True)
class Programs:
    """A browser and its driver; what is absent has to be asked of Selenium Manager."""

    browser: str | None
    driver: str | None

    @property
    def is_edge(self) -> bool:
        """Whether the browser is Microsoft's, which has a driver and capabilities of its own."""
        return self.browser is not None and "edge" in Path(self.browser).name.lower()


def find_programs(options: BrowserOptions, which: Callable[[str], str | None]) -> Programs:
    """Return the given programs, else those of the search path."""
    browser = options.browser_path or next(filter(None, map(which, BROWSER_NAMES)), None)
    found = Programs(browser, options.driver_path)
    if found.driver is None and browser is not None:
        return Programs(browser, which("msedgedriver" if found.is_edge else "chromedriver"))
    return found


def browser_flags(profile: Path, *, headless: bool, is_root: bool) -> Sequence[str]:
    """Return the browser's flags; its sandbox stays on unless it cannot run with one."""
    return (
        *(["--headless=new"] if headless else []),
        *(["--no-sandbox"] if is_root else []),
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--disable-quic",
        "--no-first-run",
        "--no-default-browser-check",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--disable-extensions",
        "--window-size=1280,1024",
        f"--user-data-dir={profile}",
    )


def driver_command(driver: str, profile: Path) -> Sequence[str]:
    """Return the driver's command line; it logs nothing that is typed, and the last part marks it as ours."""
    return (driver, "--port=0", "--log-level=WARNING", f"{PROFILE_MARK}{profile}")


def browser_environment(env: Mapping[str, str]) -> dict[str, str]:
    """Return the environment without what is ours, such as a password for this run."""
    return {name: value for name, value in env.items() if not name.startswith((_OWN_VARIABLES, "SE_"))}


def is_root() -> bool:
    """Tell whether this process is root, as whom the browser has no sandbox."""
    return hasattr(os, "geteuid") and os.geteuid() == 0
