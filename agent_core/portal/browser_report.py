"""Which browser would work here, found out without starting one: its version, and whether its driver fits."""

import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath

from agent_core.portal.programs import OLDEST_BROWSER, BrowserOptions, find_programs
from agent_core.ports import BrowserReport
from protocol.reasons import Reason

_VERSION = re.compile(r"\b(\d{1,4}(?:\.\d{1,6}){1,3})\b")
_ANSWER_SECONDS = 20.0


def browser_report(options: BrowserOptions, env: Mapping[str, str]) -> BrowserReport:
    """Look for the browser and the driver that ``start_browser`` would use.

    Args:
        options: as the browser is started with.
        env: the process's environment.
    """
    browser, driver = _found(options, env)
    if browser is None:
        return judge("", "", "", driver_is_given=False)
    name = browser_name(str(browser))
    version = _version_of(str(browser))
    driver_version = _version_of(driver) if driver else ""
    return judge(name, version, driver_version, driver_is_given=options.driver_path is not None)


def judge(name: str, version: str, driver_version: str, *, driver_is_given: bool) -> BrowserReport:
    """Say whether these can work together.

    Args:
        name: of the browser; empty when there is none.
        version: of the browser; empty when it does not say, which is left to be seen when it starts.
        driver_version: empty when there is no driver yet.
        driver_is_given: whether this driver must be used; otherwise one that fits is brought at the start.
    """
    if not name:
        return BrowserReport("", "", reason=Reason.BROWSER_MISSING)
    if version and _major(version) < OLDEST_BROWSER:
        return BrowserReport(name, version, driver_version or None, Reason.BROWSER_TOO_OLD)
    fits = bool(driver_version) and (not version or _major(driver_version) == _major(version))
    if not fits and driver_is_given:
        return BrowserReport(name, version, driver_version or None, Reason.BROWSER_DRIVER)
    return BrowserReport(name, version, driver_version if fits else None)


def browser_name(path: str) -> str:
    """Return what people call the browser of this program."""
    name = re.split(r"[\\/]", path)[-1].lower()
    if "edge" in name:
        return "Edge"
    return "Chromium" if "chromium" in name else "Chrome"


def usual_places(platform: str, env: Mapping[str, str]) -> Sequence[PurePath]:
    """Return where a system without a search path for programs keeps its browsers, the first the best."""
    if platform == "darwin":
        return [
            PurePosixPath(f"/Applications/{name}.app/Contents/MacOS/{name}")
            for name in ("Google Chrome", "Microsoft Edge", "Chromium")
        ]
    if platform != "win32":
        return []
    roots = [env[key] for key in ("ProgramFiles", "ProgramFiles(x86)", "LocalAppData") if env.get(key)]
    programs = (r"Google\Chrome\Application\chrome.exe", r"Microsoft\Edge\Application\msedge.exe")
    return [PureWindowsPath(root) / program for program in programs for root in roots]


def version_in(text: str) -> str:
    """Return the version that a program's own words hold; empty when they hold none."""
    found = _VERSION.search(text)
    return found[1] if found else ""


def newest_version(names: Sequence[str]) -> str:
    """Return the newest of the folders named after a version; on Windows one lies beside a browser."""
    versions = [name for name in names if _VERSION.fullmatch(name)]
    return max(versions, key=lambda one: [int(part) for part in one.split(".")], default="")


def _found(options: BrowserOptions, env: Mapping[str, str]) -> tuple[Path | None, str | None]:
    programs = find_programs(options, shutil.which)
    if programs.browser is not None:
        found = shutil.which(programs.browser)
        return (Path(found) if found else None), programs.driver
    there = (Path(place) for place in usual_places(sys.platform, env))
    return next((place for place in there if place.is_file()), None), programs.driver


def _version_of(program: str, platform: str = sys.platform, run: Callable[..., str] | None = None) -> str:
    """Ask a program for its version; on Windows a browser opens a window instead of answering."""
    if platform == "win32" and not Path(program).stem.endswith("driver"):
        try:
            return newest_version([entry.name for entry in Path(program).parent.iterdir()])
        except OSError:
            return ""
    try:
        return version_in((run or _output)([program, "--version"]))
    except (OSError, subprocess.SubprocessError):
        return ""


def _output(command: Sequence[str]) -> str:
    done = subprocess.run(command, capture_output=True, timeout=_ANSWER_SECONDS, check=False, text=True)
    return done.stdout


def _major(version: str) -> int:
    return int(version.partition(".")[0])
