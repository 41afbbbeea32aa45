"""Opening a resume: who is given a link is in the audit log before the link exists."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

from cloud_api.auth.principal import Principal
from cloud_api.db.pool import Database
from cloud_api.errors import Conflict
from cloud_api.resumes import records
from cloud_api.resumes.object_store import ObjectStore
from protocol.reasons import Reason
from protocol.resumes import ResumeLink

OPEN_LINK_LIFETIME = timedelta(seconds=60)


def straight_links(store: ObjectStore, clock: Callable[[], datetime]) -> Callable[[str, str], str]:
    """Return what makes a link to an object that somebody may have, for a minute.

    It raises `Conflict`, `resume.lost-in-store`, when the store does not hold it any more.
    """

    def link(key: str, filename: str) -> str:
        if not store.exists(key):
            raise Conflict(Reason.RESUME_LOST_IN_STORE)
        return store.open_link(key, filename, clock() + OPEN_LINK_LIFETIME).url

    return link


def open_link(
    database: Database, store: ObjectStore, principal: Principal, resume_id: UUID, now: datetime
) -> ResumeLink:
    """Return a link to the resume's bytes, good for a minute.

    Raises:
        NotFound: the office has no such resume.
        Conflict: `resume.not-in-cloud`: its bytes are only on the computer that downloaded it.
    """
    with database.authenticated(principal.claims) as tx:
        resume = records.by_id(tx, resume_id)
    if resume.uploaded_key is None or resume.stored_sha256 is None or not store.exists(resume.uploaded_key):
        raise Conflict(Reason.RESUME_NOT_IN_CLOUD)
    with database.authenticated(principal.claims) as tx:
        records.log_opening(tx, principal, resume)
    link = store.open_link(resume.uploaded_key, resume.filename, now + OPEN_LINK_LIFETIME)
    return ResumeLink(
        url=link.url,
        filename=resume.filename,
        file_sha256=resume.stored_sha256,
        expires_at=link.expires_at,
    )
