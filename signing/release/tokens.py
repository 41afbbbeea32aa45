"""Hardware keys: PKCS#11 tokens with ECDSA P-256, through securesystemslib.

The address is `hsm:NUMBER?label=TOKEN`; which library speaks to the token is in the environment variable
PYKCS11LIB, as securesystemslib has it.
"""

import os
from collections.abc import Callable
from urllib.parse import parse_qsl

import pkcs11
import pkcs11.util.ec
from pkcs11.exceptions import PKCS11Error
from securesystemslib.exceptions import UnsupportedLibraryError
from securesystemslib.signer import ECDSA_SHA2_NISTP256, HSMSigner, Signer

from signing.release.errors import SigningKeyError
from signing.release.key_uri import KeyUri

LIBRARY = "PYKCS11LIB"
DEFAULT_NUMBER = HSMSigner.SCHEME_KEYID
Pin = Callable[[str], str]


def open_signer(uri: KeyUri, pin: Pin) -> Signer:
    """Find the key on its token.

    Raises:
        SigningKeyError: no library, token or key of that address, or not P-256.
    """
    number, label = where(uri)
    _library()
    try:
        found, public = HSMSigner.import_(number, label, pin)
        if public.scheme != ECDSA_SHA2_NISTP256:
            raise SigningKeyError(f"{uri} is not ECDSA P-256")
        return Signer.from_priv_key_uri(found, public, pin)
    except (ValueError, UnsupportedLibraryError, PKCS11Error) as error:
        raise SigningKeyError(f"{uri} did not open: {_words(error)}") from None


def generate(uri: KeyUri, pin: Pin) -> None:
    """Make a key on a token; it never leaves it.

    Raises:
        SigningKeyError: the number is taken, or the token refuses.
    """
    number, label = where(uri)
    try:
        token = pkcs11.lib(_library()).get_token(
            token_label=label, token_flags=pkcs11.TokenFlag.TOKEN_INITIALIZED
        )
        with token.open(user_pin=pin("pin"), rw=True) as session:
            key_id = pkcs11.util.biginteger(number)
            if any(session.get_objects({pkcs11.Attribute.ID: key_id})):
                raise SigningKeyError(f"the token has something under number {number} already")
            curve = pkcs11.util.ec.encode_named_curve_parameters("secp256r1")
            parameters = session.create_domain_parameters(
                pkcs11.KeyType.EC, {pkcs11.Attribute.EC_PARAMS: curve}, local=True
            )
            parameters.generate_keypair(store=True, id=key_id, label=f"njordhr-{number}")
    except PKCS11Error as error:
        raise SigningKeyError(f"{uri}: the token refused: {_words(error)}") from None


def where(uri: KeyUri) -> tuple[int, str | None]:
    """Return the number of a key and its token's label.

    Raises:
        SigningKeyError: it is no number.
    """
    number, _, query = uri.place.partition("?")
    if number and not number.isdecimal():
        raise SigningKeyError(f"{uri}: the key on a token is given by its number, as in hsm:2?label=TOKEN")
    return int(number) if number else DEFAULT_NUMBER, dict(parse_qsl(query)).get("label")


def _library() -> str:
    path = os.environ.get(LIBRARY)
    if not path:
        raise SigningKeyError(f"set {LIBRARY} to the PKCS#11 library of the token, such as libykcs11.so")
    return path


def _words(error: Exception) -> str:
    return str(error) or type(error).__name__
