"""What a release manager is told when something is not done."""


class NotDoneError(Exception):
    """A command did nothing; the message says why and what to do next, in a sentence or one a line."""
