"""What the agent may ask of the window that shows its page, where there is one."""

from typing import Protocol


class Dialogs(Protocol):
    """Native dialogs. Any thread but the window's own may call; the call lasts as long as the dialog."""

    def choose_folder(self, start: str) -> str | None:
        """Let the person choose a folder, beginning in ``start``; ``None`` when they change their mind."""
        ...
