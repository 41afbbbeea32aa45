"""A safe place for passwords and tokens."""

from typing import Protocol


class Secrets(Protocol):
    """A safe place for passwords and tokens; any thread."""

    @property
    def are_kept(self) -> bool:
        """Whether they outlive this run."""
        ...

    @property
    def place(self) -> str:
        """What that place is called on this computer."""
        ...

    def get(self, name: str) -> str | None:
        """Return the secret."""
        ...

    def put(self, name: str, value: str) -> None:
        """Keep the secret."""
        ...

    def drop(self, name: str) -> None:
        """Forget the secret; one that is not there is no error."""
        ...
