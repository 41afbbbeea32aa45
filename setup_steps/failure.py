"""A step that did not work, in words for the person who started it."""


class StepError(Exception):
    """What happened, and what to do next."""

    def __init__(self, what: str, next_step: str) -> None:
        """Keep both sentences."""
        super().__init__(f"{what}\n{next_step}")
        self.what = what
        self.next_step = next_step
