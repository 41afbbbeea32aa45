"""How a resume's bytes get into the store: a link for exactly these bytes, then a look at what arrived.

`pending` becomes `uploaded` only after the store's own bytes were read and hashed, by the checker and never
in a request. Nothing before that is remembered as done, so a retry is never told that the file is there when
it is not. When a link runs out is remembered: what arrived by it and was not told is found then.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from cloud_api.auth.principal import Device
from cloud_api.db.pool import Database
from cloud_api.errors import TooLarge
from cloud_api.resumes import records
from cloud_api.resumes.object_store import ObjectDigest, ObjectStore, ObjectThere, SignedLink
from cloud_api.resumes.records import OnItsWay, StoredResume
from protocol.reasons import Reason
from protocol.resumes import UploadConfirmed, UploadLink, UploadRequest, UploadStatus

UPLOAD_LINK_LIFETIME = timedelta(minutes=10)
AFTER_ITS_END = timedelta(minutes=1)
"""An upload that began while its link was good may end after it."""

BEING_CHECKED = UploadLink(being_checked=True)


class Uploads:
    """Gives links and hears that bytes were put. Any thread."""

    def __init__(
        self,
        database: Database,
        store: ObjectStore,
        clock: Callable[[], datetime],
        max_bytes: int,
        wake_checker: Callable[[], None],
    ) -> None:
        """Keep the parts.

        Args:
            database: where it stands how far an upload is.
            store: where the bytes go.
            clock: tells now, aware.
            max_bytes: no resume may be longer.
            wake_checker: called when there is something to look at.
        """
        self._database = database
        self._store = store
        self._clock = clock
        self._max_bytes = max_bytes
        self._wake_checker = wake_checker

    def link(self, principal: Device, request: UploadRequest) -> UploadLink:
        """Return where to put the bytes, or that the office has this content or still looks at it.

        Raises:
            NotFound: the office has no record of this resume.
            InvalidRequest: its bytes would take another resume's place.
            TooLarge: no resume may be this long.
        """
        if request.file_length > self._max_bytes:
            raise TooLarge(Reason.REQUEST_TOO_LARGE, "file_length", {"max_bytes": self._max_bytes})
        with self._database.authenticated(principal.claims) as tx:
            resume = records.for_upload(tx, request)
            before = records.on_its_way(tx, resume, request)
        if self._is_stored(principal, resume):
            return UploadLink(already_stored=True)
        if before is not None and before.is_told:
            return BEING_CHECKED
        # The computer may have died between putting the bytes and saying so.
        if before is not None and self._store.exists(resume.key_for(request)):
            self._tell(principal, resume, request)
            return BEING_CHECKED
        return self._new_link(principal, resume, request)

    def confirm(self, principal: Device, request: UploadRequest) -> UploadConfirmed:
        """Hear that the bytes were put; whether they are the right ones is known when the checker has looked.

        Raises:
            NotFound: the office has no record of this resume.
            InvalidRequest: its bytes would take another resume's place.
        """
        with self._database.authenticated(principal.claims) as tx:
            resume = records.for_upload(tx, request)
        if self._is_stored(principal, resume):
            return UploadConfirmed(upload_status=UploadStatus.UPLOADED)
        self._tell(principal, resume, request)
        return UploadConfirmed(upload_status=UploadStatus.PENDING)

    def _is_stored(self, principal: Device, resume: StoredResume) -> bool:
        """Look whether the office has the resume; what it lost is wanted again."""
        if resume.uploaded_key is None:
            return False
        if self._store.exists(resume.uploaded_key):
            return True
        with self._database.authenticated(principal.claims) as tx:
            records.mark_lost(tx, resume)
        return False

    def _new_link(self, principal: Device, resume: StoredResume, request: UploadRequest) -> UploadLink:
        key, ends = resume.key_for(request), self._clock() + UPLOAD_LINK_LIFETIME
        try:
            made = self._store.upload_link(key, ObjectDigest(request.file_sha256, request.file_length), ends)
        except ObjectThere:
            self._tell(principal, resume, request)
            return BEING_CHECKED
        with self._database.authenticated(principal.claims) as tx:
            now_there = records.offer(tx, principal, resume, request, made.expires_at + AFTER_ITS_END)
        return BEING_CHECKED if now_there.is_told else _as_told(made)

    def _tell(self, principal: Device, resume: StoredResume, request: UploadRequest) -> OnItsWay:
        with self._database.authenticated(principal.claims) as tx:
            told = records.tell(tx, principal, resume, request)
        self._wake_checker()
        return told


def _as_told(link: SignedLink) -> UploadLink:
    return UploadLink(url=link.url, method=link.method, headers=link.headers, expires_at=link.expires_at)
