"""What becomes of a window that the person closes."""

from enum import Enum


class Closing(Enum):
    """What becomes of a window that the person closes."""

    HIDE = "hide"
    END = "end"
    ASK = "ask"
    STAY = "stay"
