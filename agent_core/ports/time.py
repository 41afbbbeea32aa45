"""The time, as it is handed in."""

from collections.abc import Callable
from datetime import datetime

Clock = Callable[[], datetime]
"""Returns now, aware, in UTC."""
