"""The public half of a release key as a file that may be shown to anybody.

It carries the name of who has the private half, which the root file keeps beside the key.
"""

import json
from pathlib import Path

from securesystemslib.signer import Key, SSlibKey

from signing.keys import KeyRefusedError, PublicKey
from signing.release.errors import SigningKeyError

NAME = "x-njordhr-name"


def write(path: Path, key: Key, name: str) -> None:
    """Write a public key under a person's or a duty's name.

    Raises:
        SigningKeyError: something is there already.
        OSError: it cannot be written.
    """
    shown = {"name": name, "keyid": key.keyid, **{k: v for k, v in key.to_dict().items() if k != NAME}}
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(json.dumps(shown, indent=1) + "\n")
    except FileExistsError:
        raise SigningKeyError(f"{path} is there already; move it away first") from None


def read(path: Path) -> Key:
    """Read a public key; its name is a member of it, its id computed anew.

    Raises:
        SigningKeyError: it is not such a file, or of a kind that clients do not take.
        OSError: it cannot be read.
    """
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        name, public = str(told["name"]), str(told["keyval"]["public"])
        checked = PublicKey.of(told["keytype"], told["scheme"], public)
    except KeyRefusedError:
        raise SigningKeyError(f"{path} is neither Ed25519 nor ECDSA P-256") from None
    except (ValueError, KeyError, TypeError):
        raise SigningKeyError(f"{path} is not a public key of keygen") from None
    return named(SSlibKey(checked.keyid, checked.keytype, checked.scheme, {"public": public}), name)


def named(key: Key, name: str) -> Key:
    """Return a key under a name, which is no part of its id."""
    return SSlibKey(key.keyid, key.keytype, key.scheme, dict(key.keyval), {NAME: name})


def name_of(key: Key) -> str:
    """Return whose key it is, or the beginning of its id."""
    return str(key.unrecognized_fields.get(NAME) or key.keyid[:8])
