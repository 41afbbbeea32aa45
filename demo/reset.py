"""Asking before the demo's data are wiped."""

from collections.abc import Callable

from demo.folder import DemoFolder


def may_wipe(folder: DemoFolder, yes: bool, ask: Callable[[str], str], say: Callable[[str], None]) -> bool:
    """Tell whether the demo's data may be wiped.

    Args:
        folder: the demo's.
        yes: it was said beforehand.
        ask: puts a question and returns the answer; "" at the end of the input.
        say: tells the person something.
    """
    if not folder.root.exists():
        say(f"There is nothing to wipe: {folder.root} does not exist.")
        return True
    say(f"Everything in {folder.root} will be deleted for good, the resumes in it too.")
    return yes or ask("Type yes to delete it: ").strip().lower() == "yes"
