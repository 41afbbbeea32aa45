"""Every attack, by its name."""

from tests.support.attacks import archives, lists, metadata, transport
from tests.support.attacks.world import ATTACKS, Attack

__all__ = ["ATTACKS", "Attack", "archives", "lists", "metadata", "transport"]
