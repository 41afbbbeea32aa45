"""The release managers' commands: ``python -m update_manifest.release COMMAND``."""

import click
from pydantic import ValidationError

from signing.release.errors import SigningKeyError
from update_manifest.errors import UpdateError
from update_manifest.release import key_commands, look_commands, release_commands, step_commands
from update_manifest.release.errors import NotDoneError
from update_manifest.release.session import Session

EXPECTED = (NotDoneError, SigningKeyError, UpdateError, OSError)
"""What goes wrong in ways that a release manager can mend; the message says how."""


@click.group(context_settings={"max_content_width": 110})
def cli() -> None:
    """Sign and publish releases. docs/releasing.md says in which order."""


for command in (
    key_commands.keygen,
    key_commands.root,
    key_commands.renew,
    key_commands.trust,
    release_commands.assemble,
    release_commands.sign,
    release_commands.publish,
    release_commands.timestamp,
    release_commands.disable,
    step_commands.rollout,
    step_commands.pause,
    step_commands.resume,
    step_commands.mirrors,
    step_commands.halt,
    look_commands.verify,
    look_commands.inspect,
):
    cli.add_command(command)


def run(arguments: list[str], session: Session | None = None) -> int:
    """Run a command line and return its exit code.

    Args:
        arguments: without the program's name.
        session: the time and who is asked; tests give their own.
    """
    try:
        cli.main(
            arguments,
            prog_name="python -m update_manifest.release",
            standalone_mode=False,
            obj=session or Session(),
        )
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except click.Abort:
        click.echo("stopped; nothing was signed or written", err=True)
        return 1
    except ValidationError as error:
        places = sorted({".".join(str(part) for part in one["loc"]) for one in error.errors()})
        click.echo(f"✗ not done: {', '.join(places)} is not what a client reads", err=True)
        return 1
    except EXPECTED as error:
        for number, line in enumerate(str(error).splitlines()):
            click.echo(f"{'✗ not done:' if number == 0 else '           '} {line}", err=True)
        return 1
    return 0
