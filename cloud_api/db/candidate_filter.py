"""What the queries on the table of current state filter by."""

from typing import Any

from cloud_api.db.search_text import search_text
from protocol.candidates import ARCHIVE_STATUSES, CandidateStatus
from protocol.exports import CandidateFilter


def filter_parameters(wanted: CandidateFilter) -> dict[str, Any]:
    """Return the queries' parameters. A status says by itself whether the Archive is meant."""
    if wanted.status:
        statuses = [wanted.status.value]
    else:
        statuses = [
            status.value for status in CandidateStatus if (status in ARCHIVE_STATUSES) is wanted.archive
        ]
    return {
        "rank": wanted.rank,
        "country": wanted.country,
        "statuses": statuses,
        "q": search_text(wanted.q),
        "call_backs": wanted.call_backs,
    }
