"""The command `python -m demo.portal`."""

import os
import signal
import threading

import click
from pydantic import ValidationError

from demo.portal.faults import Fault, FaultList
from demo.portal.server import RunningPortal
from demo.portal.state import SiteOptions

CONTROL_TOKEN_VARIABLE = "NJORDHR_PORTAL_CONTROL_TOKEN"  # noqa: S105 - the name of a variable


@click.command()
@click.option("--port", default=0, show_default=True, help="The port on 127.0.0.1; 0 takes a free one.")
@click.option("--seed", default=7, show_default=True, help="Of the invented seafarers.")
@click.option("--latency-ms", default=40, show_default=True, help="By how much every page is delayed.")
@click.option("--page-size", default=15, show_default=True, help="People on one page of a list.")
@click.option("--otp-seconds", default=120, show_default=True, help="How long a one-time code is good for.")
@click.option("--faults", default="[]", help="What goes wrong from the start: a JSON array of faults.")
@click.option("--die-with-parent", is_flag=True, help="End when standard input is closed.")
def main(
    *,
    port: int,
    seed: int,
    latency_ms: int,
    page_size: int,
    otp_seconds: int,
    faults: str,
    die_with_parent: bool,
) -> None:
    """Serve the simulated job portal.

    The control routes are open to whoever has the token of the environment variable
    NJORDHR_PORTAL_CONTROL_TOKEN, and closed without one.
    """
    options = SiteOptions(
        seed=seed,
        latency_ms=latency_ms,
        page_size=page_size,
        otp_seconds=otp_seconds,
        control_token=os.environ.get(CONTROL_TOKEN_VARIABLE, ""),
        faults=_parsed(faults),
    )
    ended = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: ended.set())
    with RunningPortal(options, port) as running:
        click.echo(f"listening on {running.url}")
        click.echo(f"the phone with the one-time code: {running.url}/phone")
        if die_with_parent:
            threading.Thread(target=_wait_for_parent, args=(ended,), daemon=True).start()
        ended.wait()


def _parsed(faults: str) -> tuple[Fault, ...]:
    try:
        return FaultList.model_validate_json(f'{{"faults": {faults}}}').faults
    except ValidationError as error:
        raise click.BadParameter(str(error), param_hint="--faults") from error


def _wait_for_parent(ended: threading.Event) -> None:
    # os.read, because a daemon thread inside a buffered read would hold up the end of the interpreter.
    while os.read(0, 4096):
        pass
    ended.set()


if __name__ == "__main__":
    main()
