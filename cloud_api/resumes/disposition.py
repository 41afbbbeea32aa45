"""The header that names a file to a browser (RFC 6266), whatever letters its name has."""

import re
from urllib.parse import quote

_PLAIN = re.compile(r"[^A-Za-z0-9 ._-]")


def inline_as(filename: str) -> str:
    """Return the ``Content-Disposition`` that shows a file and saves it under ``filename``.

    Old readers get the name in plain letters, all others the whole one.
    """
    return f"inline; filename=\"{_PLAIN.sub('_', filename)}\"; filename*=UTF-8''{quote(filename, safe='')}"
