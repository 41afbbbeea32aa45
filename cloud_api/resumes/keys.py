"""Where a resume lies in the store (specification, 7.2).

``resumes/{org_id}/{rank_applied_for}/{candidate_external_id}/{filename}``, in letters, digits and ``-_.``
only, so that every store and file system takes it; the file name that people see is kept in the database.
The name in the key ends in the first characters of the file's digest: two resumes of a person never share
a key, whatever their files are called.
"""

import re
import unicodedata
from uuid import UUID

from cloud_api.errors import NotFound
from protocol.reasons import Reason

SEGMENT = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]{0,149}")
"""One part of a key. It cannot begin with a dot, so it is never ``.`` or ``..``."""

BUCKET_PART = "resumes/"

_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")
_MAX_NAME = 80


def object_key(
    organisation_id: UUID, rank_applied_for: str, candidate_external_id: str, filename: str, file_sha256: str
) -> str:
    """Return the key of a resume's file."""
    stem = filename[: -len(".pdf")] if filename.lower().endswith(".pdf") else filename
    name = f"{_ascii(stem, 'resume')}-{file_sha256[:16]}.pdf"
    return "/".join(
        ("resumes", str(organisation_id), _ascii(rank_applied_for, "unknown"), candidate_external_id, name)
    )


def name_in_bucket(key: str) -> str:
    """Return how an object is named in a bucket, which stands for the key's first part.

    Raises:
        NotFound: no object can have this key.
    """
    if not is_object_key(key) or not key.startswith(BUCKET_PART):
        raise NotFound(Reason.REQUEST_NOT_FOUND)
    return key[len(BUCKET_PART) :]


def key_in_bucket(name: str) -> str:
    """Return the key of an object of a bucket."""
    return BUCKET_PART + name


def is_object_key(key: str) -> bool:
    """Tell whether ``key`` is one that `object_key` could have made: safe as a path below a folder."""
    return len(key) <= 800 and all(SEGMENT.fullmatch(part) for part in key.split("/"))  # noqa: PLR2004 - 5 parts of 150 and their slashes


def _ascii(text: str, otherwise: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode("ascii")
    return _UNSAFE.sub("_", plain)[:_MAX_NAME].strip("._-") or otherwise
