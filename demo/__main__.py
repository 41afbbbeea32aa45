"""The product on demo data: `python -m demo`, which is what `build.py run` starts."""

import sys
from pathlib import Path
from urllib.parse import urlsplit

import click
from rich.console import Console

from agent_core.errors import AgentError
from demo import ending
from demo.child import ROOT, ChildError
from demo.folder import DemoFolder, NotADemoFolderError
from demo.interactive import serve
from demo.postgres import PostgresError
from demo.reset import may_wipe
from demo.running import OtherPortal, RunningDemo
from demo.stack import PortalOptions
from demo.unattended import command as unattended

STATE = ROOT / ".njordhr"
INTERRUPTED = 130
HELP = """Start NjordHR on demo data: the office's cloud and database, a simulated job portal, the agent, and
the window (without a display: an address to open).

With --unattended the whole job is done by itself, through the same HTTP APIs that the window uses, and the
last line is one JSON object:

\b
  listed    people that the portal's lists showed, each as often as it was listed
  stored    of these, resumes that this run fetched and wrote
  skipped   of these, not fetched because this computer has them already, or listed more than once
  failed    of these, not to be had; listed = stored + skipped + failed
  synced    of the stored people, those whose resume the office has on record
  dashboard_candidates
            different people of this run, stored now or here already, that are on the dashboard at the end
  seconds   from signing in to the end of the checks

So a first run has stored = synced = dashboard_candidates, and a second one on the same data has stored =
synced = 0, skipped = listed, and the same dashboard_candidates. The exit code is 0 only if the download
ended well, the counts add up, every file is the PDF that was recorded, and everybody stored is on the
dashboard; else the lines above the last one say what is wrong.

With --portal the same run works on any other site that keeps the portal's contract. The password is taken
from NJORDHR_PORTAL_PASSWORD or asked for; the one-time code is asked for on standard input.
"""


@click.command(help=HELP)
@click.option("--data", type=click.Path(path_type=Path), help="The demo's folder. [default: .njordhr/demo]")
@click.option("--reset", is_flag=True, help="Wipe the demo's data first, after asking.")
@click.option("--yes", is_flag=True, help="Wipe without asking.")
@click.option("--no-window", is_flag=True, help="Print the address to open instead of showing the window.")
@click.option(
    "--unattended", "is_unattended", is_flag=True, help="Do the whole job and print what came of it."
)
@click.option("--rank", default="2nd Officer", show_default=True, help="As the portal spells it.")
@click.option("--ship-type", default="Bulk Carrier", show_default=True, help="As the portal spells it.")
@click.option("--folder", type=click.Path(path_type=Path), help="Where the resumes go.")
@click.option("--force", is_flag=True, help="Fetch again what is here already.")
@click.option("--portal", nargs=2, metavar="LOGIN_URL DASHBOARD_URL", help="Another portal than the demo's.")
@click.option("--username", default="", help="The user name on that portal.")
@click.option("--phone", default="", help="The phone number on that portal, as the portal spells it.")
@click.option("--latency-ms", default=40, show_default=True, help="How slow the simulated portal is.")
@click.option(
    "--faults", default="[]", help="What goes wrong on it: a JSON array, see demo/portal/faults.py."
)
def main(
    *,
    data: Path | None,
    reset: bool,
    yes: bool,
    no_window: bool,
    is_unattended: bool,
    rank: str,
    ship_type: str,
    folder: Path | None,
    force: bool,
    portal: tuple[str, str] | None,
    username: str,
    phone: str,
    latency_ms: int,
    faults: str,
) -> None:
    """Read the command line and put the demo together."""
    if portal and not (is_unattended and username and phone):
        raise click.UsageError("--portal goes with --unattended, --username and --phone.")
    ending.interrupt_on_signals()
    console = Console()
    other = OtherPortal(*portal) if portal else None
    place = DemoFolder((data or _default_folder(other)).absolute())
    if reset and not may_wipe(place, yes, console.input, click.echo):
        raise SystemExit(_say_no("Nothing was deleted."))
    demo = RunningDemo(
        place, PortalOptions(latency_ms, faults), lambda line: click.echo(f"… {line}"), other, reset
    )
    wish = unattended.Wish(rank, ship_type, folder, force)
    login = unattended.login_for_other_portal(username, phone) if other else unattended.demo_login()
    try:
        with demo:
            if not is_unattended:
                serve(demo, console, not no_window)
                return
            outcome = unattended.perform(demo, wish, login, other is None, console)
        raise SystemExit(unattended.report(outcome, console))
    except KeyboardInterrupt:
        raise SystemExit(_say_no("Stopped.", INTERRUPTED)) from None
    except NotADemoFolderError as error:
        sentence = (
            f"{error} holds something that the demo did not put there; choose another folder with --data."
        )
        raise SystemExit(_say_no(sentence)) from error
    except AgentError as error:
        sentence = f"{error.reason.sentence} {error.reason.next_step} ({error.reason.value})"
        raise SystemExit(_say_no(sentence)) from error
    except (PostgresError, ChildError) as error:
        raise SystemExit(_say_no(str(error))) from error


def _default_folder(other: OtherPortal | None) -> Path:
    """Return the folder for this portal: people of two portals may have the same numbers."""
    if other is None:
        return STATE / "demo"
    parts = urlsplit(other.login_url)
    return STATE / f"portal-{parts.hostname}-{parts.port or parts.scheme}"


def _say_no(sentence: str, code: int = 1) -> int:
    click.echo(sentence)
    sys.stdout.flush()
    return code


if __name__ == "__main__":
    main()
