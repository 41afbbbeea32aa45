"""How a resume's bytes get into the store: a link for exactly these bytes, then a look at what arrived.

`pending` becomes `uploaded` only after the store's own bytes were read and hashed; nothing before that is
remembered as done, so a retry is never told that the file is there when it is not.
"""

from datetime import datetime, timedelta

from cloud_api.auth.principal import Principal
from cloud_api.db.pool import Database
from cloud_api.errors import CloudError, TooLarge
from cloud_api.resumes import records
from cloud_api.resumes.object_store import ObjectDigest, ObjectMissing, ObjectRefused, ObjectStore
from protocol.reasons import Reason
from protocol.resumes import UploadConfirmed, UploadLink, UploadRequest, UploadStatus

UPLOAD_LINK_LIFETIME = timedelta(minutes=10)


def upload_link(
    database: Database,
    store: ObjectStore,
    principal: Principal,
    request: UploadRequest,
    *,
    now: datetime,
    max_bytes: int,
) -> UploadLink:
    """Return where to put the bytes, or that the office has this content already.

    Raises:
        NotFound: the office has no record of this resume.
        TooLarge: no resume may be this long.
    """
    if request.file_length > max_bytes:
        raise TooLarge(Reason.REQUEST_TOO_LARGE, "file_length", {"max_bytes": max_bytes})
    with database.authenticated(principal.claims) as tx:
        resume = records.by_content(tx, request)
    if resume.uploaded_key is not None:
        if store.exists(resume.uploaded_key):
            return UploadLink(already_stored=True)
        with database.authenticated(principal.claims) as tx:
            records.mark_not_uploaded(tx, resume, UploadStatus.PENDING)
    expected = ObjectDigest(request.file_sha256, request.file_length)
    link = store.upload_link(resume.key_for(request), expected, now + UPLOAD_LINK_LIFETIME)
    return UploadLink(url=link.url, method=link.method, headers=link.headers, expires_at=link.expires_at)


def confirm(
    database: Database, store: ObjectStore, principal: Principal, request: UploadRequest
) -> UploadConfirmed:
    """Hash what the store holds and only then say that it is uploaded.

    Raises:
        NotFound: the office has no record of this resume.
        ObjectMissing: nothing arrived; the resume still waits for its upload.
        ObjectRefused: something else arrived; it was removed.
    """
    with database.authenticated(principal.claims) as tx:
        resume = records.by_content(tx, request)
    if resume.uploaded_key is not None and store.exists(resume.uploaded_key):
        return UploadConfirmed(upload_status=UploadStatus.UPLOADED)
    key = resume.key_for(request)
    refusal = _look(store, key, ObjectDigest(request.file_sha256, request.file_length))
    with database.authenticated(principal.claims) as tx:
        if refusal is None:
            records.mark_uploaded(tx, resume, key, request.file_sha256)
        else:
            records.mark_not_uploaded(tx, resume, _state_after(refusal))
    if refusal is not None:
        raise refusal
    return UploadConfirmed(upload_status=UploadStatus.UPLOADED)


def _look(store: ObjectStore, key: str, expected: ObjectDigest) -> CloudError | None:
    try:
        found = store.digest(key)
    except ObjectMissing as missing:
        return missing
    if found == expected:
        return None
    store.remove(key)
    return ObjectRefused()


def _state_after(refusal: CloudError) -> UploadStatus:
    return UploadStatus.PENDING if isinstance(refusal, ObjectMissing) else UploadStatus.FAILED
