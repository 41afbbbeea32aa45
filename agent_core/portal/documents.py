"""Whether a resume is all there: the page that came, and the PDF that was printed. Pure."""

import re

_TAG = r"<\s*{}{}(?=[\s>/])"
_NOT_SHOWN = re.compile(r"<!--|<(script|style)\b", re.IGNORECASE)
_ENDS = {
    "": re.compile(r"-->"),
    "script": re.compile(r"</script\s*>", re.IGNORECASE),
    "style": re.compile(r"</style\s*>", re.IGNORECASE),
}
_SCRIPT = re.compile(r"<\s*(?:script|iframe|meta[^<>]+refresh)|\son[a-z]+\s*=", re.IGNORECASE)
_PDF_PAGE = re.compile(rb"/Type\s*/Page(?![a-zA-Z])")
_PDF_COUNT = re.compile(rb"/Count\s+[1-9]")
_END_OF_FILE = 1024


def is_cut_off(source: str, *, site_leaves_open: bool = False) -> bool:
    """Tell whether a document ends in the middle: a table is left open, or the document itself.

    Args:
        source: the document as it came.
        site_leaves_open: this site never closes its documents, so an open one says nothing.
    """
    source = _shown(source)
    if _count(source, "table") > _count(source, "table", closing=True):
        return True
    return not site_leaves_open and is_left_open(source)


def is_left_open(source: str) -> bool:
    """Tell whether a document opens ``html`` or ``body`` and closes neither.

    A page may leave out these tags, or one of the closing ones.
    """
    source = _shown(source)
    opened = _count(source, "html") + _count(source, "body")
    closed = _count(source, "html", closing=True) + _count(source, "body", closing=True)
    return opened > 0 and closed == 0


def has_script(source: str) -> bool:
    """Tell whether a document can still change after it was loaded."""
    return _SCRIPT.search(source) is not None


def is_whole_pdf(data: bytes) -> bool:
    """Tell whether the bytes are a PDF from head to end, with at least one page."""
    return (
        data.startswith(b"%PDF-")
        and b"%%EOF" in data[-_END_OF_FILE:]
        and (_PDF_PAGE.search(data) is not None or _PDF_COUNT.search(data) is not None)
    )


def _shown(source: str) -> str:
    """Return the document without comments, scripts and styles; what is never closed stays.

    The end of each kind is looked for in vain at most once: a page of a million openings takes no longer.
    """
    kept: list[str] = []
    place, endless = 0, set[str]()
    for opening in _NOT_SHOWN.finditer(source):
        kind = (opening[1] or "").lower()
        if opening.start() < place or kind in endless:
            continue
        end = _ENDS[kind].search(source, opening.end())
        if end is None:
            endless.add(kind)
            continue
        kept.append(source[place : opening.start()])
        place = end.end()
    return "".join((*kept, source[place:]))


def _count(source: str, tag: str, *, closing: bool = False) -> int:
    return len(re.findall(_TAG.format("/\\s*" if closing else "", tag), source, re.IGNORECASE))
