"""What the demo says on the terminal."""

from rich.console import Console, Group
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from demo import accounts
from demo.portal.state import DEMO_ACCOUNT


def welcome(console: Console, address: str | None, phone_url: str, portal_url: str, folder: str) -> None:
    """Lay out where everything is and what to type.

    Args:
        console: where to print.
        address: of the page, with its launch code; nothing when a window shows it.
        phone_url: the page that shows the one-time code.
        portal_url: the simulated portal.
        folder: where resumes go.
    """
    console.print()
    console.print(Panel(_people(), title="Sign in to NjordHR with", expand=False))
    console.print(Panel(_portal(phone_url, portal_url), title="Connect to the job portal with", expand=False))
    console.print(f"Resumes go to {folder} until you choose another folder.", highlight=False, soft_wrap=True)
    console.print()
    if address is None:
        console.print(
            "NjordHR is open in its window. Enter prints an address for a browser; Ctrl-C ends everything."
        )
    else:
        fresh_address(console, address)
        console.print("The address works once. Enter prints a fresh one; Ctrl-C ends everything.")


def fresh_address(console: Console, address: str) -> None:
    """Print the address to open, whole on one line, so that it can be copied and clicked."""
    console.print(Text.assemble("Open ", (address, "bold")), soft_wrap=True, highlight=False)


def _people() -> Group:
    """Lay out the accounts, so narrow that nothing of them is cut off on 80 columns."""
    parts: list[Text | Table] = []
    for office in dict.fromkeys(member.office for member in accounts.MEMBERS):
        table = Table(box=None, pad_edge=False, show_header=False)
        for member in accounts.MEMBERS:
            if member.office == office:
                table.add_row(member.role.value, member.email, member.password, member.full_name)
        parts += [Text(office, style="bold"), table]
    return Group(*parts)


def _portal(phone_url: str, portal_url: str) -> Table:
    table = Table(box=None, pad_edge=False, show_header=False)
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True)
    table.add_row("User name", DEMO_ACCOUNT.username)
    table.add_row("Password", DEMO_ACCOUNT.password)
    table.add_row("Phone number", DEMO_ACCOUNT.phone)
    table.add_row("One-time code", phone_url)
    table.add_row("The portal itself", portal_url)
    return table
