"""Uploads on their way: computers ask and tell, who looks after the office sees, and the checker decides."""

from cloud_api.auth.policy import Action
from tests.tenancy.answers import Insert, Table, Update, by, who

TABLES = (
    Table(
        "resume_uploads",
        select={**by(Action.RESUME_UPLOAD), **by(Action.UPLOAD_WATCH)},
        inserts=(
            Insert(
                "insert into app.resume_uploads (organisation_id, resume_id, file_sha256, file_length,"
                " storage_path, device_id, check_at)"
                " values (%(organisation_id)s, %(resume_id)s, %(digest)s, 100,"
                " 'resumes/' || %(organisation_id)s::text || '/Master/1/x.pdf', %(device_id)s, now())",
                who(Action.RESUME_UPLOAD),
                own=frozenset({"device_id"}),
            ),
        ),
        updates=(Update("set told_at = now(), check_at = now()", by(Action.RESUME_UPLOAD)),),
        writable="asked_at check_at device_id file_length storage_path told_at",
    ),
)
