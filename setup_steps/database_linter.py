"""The linter that Supabase's dashboard runs, for the tests of the database only: its program has 135 MB."""

from setup_steps import stamps, web_ui
from setup_steps.places import ROOT

FOLDER = ROOT / "tools" / "database_linter"


def prepare() -> None:
    """Install it, if that has not been done.

    Raises:
        StepError: it could not be had.
    """
    wanted = stamps.fingerprint((FOLDER / "package.json", FOLDER / "package-lock.json"))
    if not stamps.is_current("database-linter", wanted, FOLDER / "node_modules"):
        stamps.invalidate("database-linter")
        web_ui.npm("Database linter", *web_ui.INSTALL, folder=FOLDER)
        stamps.done("database-linter", wanted)
