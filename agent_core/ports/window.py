"""What the agent may ask of the window that shows its page, where there is one."""

from typing import Protocol


class NativeWindow(Protocol):
    """A window. Any thread but its own may call; a call for a dialog lasts as long as the dialog."""

    def choose_folder(self, start: str) -> str | None:
        """Let the person choose a folder, beginning in ``start``; ``None`` when they change their mind."""
        ...

    def choose_save_file(self, folder: str, file_name: str) -> str | None:
        """Let the person choose where to save a file; ``None`` when they change their mind.

        Args:
            folder: where to begin.
            file_name: the name to begin with.
        """
        ...

    def call_for_attention(self, message: str) -> None:
        """Have the window's button in the task bar flash, if the window is seen but behind others.

        Args:
            message: what happened, in a few words without anybody's name; the window's title says it until
                the window is in front again.
        """
        ...

    def bring_up(self) -> None:
        """Show the window in front of the others."""
        ...
