"""Where a private key is, as one line.

Example:
    >>> KeyUri.parse("file:/media/usb/anna.pem").place
    '/media/usb/anna.pem'
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from signing.release.errors import SigningKeyError


class Keeper(StrEnum):
    """What keeps a private key; the first part of its address."""

    FILE = "file"
    KEYRING = "keyring"
    ENV = "env"
    HSM = "hsm"
    AWS = "awskms"
    GOOGLE = "gcpkms"
    AZURE = "azurekms"
    VAULT = "hv"


CLOUDS = frozenset({Keeper.AWS, Keeper.GOOGLE, Keeper.AZURE, Keeper.VAULT})
"""They hold the key themselves: it was made there, and only its public half is told."""


@dataclass(frozen=True)
class KeyUri:
    """The address of a private key.

    Attributes:
        place: where its keeper has it; a path, a name, a number on a token.
    """

    keeper: Keeper
    place: str

    def __str__(self) -> str:
        """Return it as it was given."""
        return f"{self.keeper}:{self.place}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read an address.

        Raises:
            SigningKeyError: nobody knows such a keeper, or the place is missing.
        """
        keeper, colon, place = text.partition(":")
        if not colon or keeper not in set(Keeper):
            known = ", ".join(f"{one}:" for one in Keeper)
            raise SigningKeyError(f"'{text}' is no address of a key: it begins with one of {known}")
        if not place and keeper != Keeper.HSM:
            raise SigningKeyError(f"'{text}' does not say where the key is")
        return cls(Keeper(keeper), place)
