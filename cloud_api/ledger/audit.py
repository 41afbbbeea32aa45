"""The audit log's one door: who did what to whom is written in the transaction in which it is done.

What is written cannot be changed any more, and outlives the person it is about. So it names ids and counts
only: no names, no numbers of the portal, no words that somebody typed, no paths. Who asks, from which
address and which computer, and when, the database adds by itself.

Example:
    >>> write(tx, principal, Act.RESUME_LINK, Subject("resume", resume_id))  # doctest: +SKIP
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from psycopg.types.json import Jsonb

from cloud_api.auth.principal import Device, Principal
from cloud_api.db.queries import NamedQueries
from cloud_api.db.unit_of_work import Transaction

_SQL = NamedQueries("cloud_api.ledger", "audit.sql")


class Act(StrEnum):
    """What the audit log knows. The web UI has words for each; an act is added here and there."""

    RESUME_LINK = "resume.link"
    RESUME_OPENED = "resume.opened"
    RESUME_DOWNLOADED = "resume.downloaded"
    RESUME_KEPT = "resume.kept-on-computer"
    RESUME_UPLOAD_ASKED = "resume.upload-asked"
    CANDIDATES_EXPORT = "candidates.export"
    EXPORT_TAKEN = "export.taken"
    AUDIT_EXPORT = "audit.export"
    STATUS_OVERRIDDEN = "status.overridden"
    CANDIDATE_DELETED = "candidate.deleted"
    CANDIDATE_RESTORED = "candidate.restored"
    CANDIDATE_ERASED = "candidate.erased"
    HOLD_PLACED = "hold.placed"
    HOLD_LIFTED = "hold.lifted"
    RULE_MADE = "rule.made"
    RULE_CHANGED = "rule.changed"
    RULE_DROPPED = "rule.dropped"
    DEVICE_PAIRED = "device.paired"
    DEVICE_REVOKED = "device.revoked"
    DEVICE_FOLDER_CHANGED = "device.folder-changed"
    INVITATION_MADE = "invitation.made"
    INVITATION_RENEWED = "invitation.renewed"
    INVITATION_REVOKED = "invitation.revoked"
    INVITATION_ACCEPTED = "invitation.accepted"
    MEMBER_ROLE_CHANGED = "member.role-changed"
    MEMBER_DEACTIVATED = "member.deactivated"
    MEMBER_REACTIVATED = "member.reactivated"
    COMMAND_ASKED = "command.asked"


@dataclass(frozen=True)
class Subject:
    """What an act is about: a kind, such as ``candidate`` or ``device``, and its id.

    Attributes:
        candidate_id: whom it is about. The database finds it for a ``candidate`` and for a ``resume``.
    """

    kind: str
    id: UUID | str
    candidate_id: UUID | None = None


def write(
    tx: Transaction,
    principal: Principal,
    act: Act,
    subject: Subject,
    details: Mapping[str, Any] | None = None,
    *,
    signed_in_user_id: UUID | None = None,
) -> None:
    """Write an entry: with the transaction it is there, or nothing of what it tells happened.

    Args:
        tx: the principal's transaction, in which the act is done.
        principal: who does it.
        act: what is done.
        subject: to what.
        details: ids, counts and the product's own words; nothing that anybody typed.
        signed_in_user_id: whom a computer names as signed in on it; a member of its office.
    """
    entry = {
        "organisation_id": principal.organisation_id,
        "user_id": principal.user_id,
        "device_id": principal.device_id if isinstance(principal, Device) else None,
        "action": act.value,
        "subject_type": subject.kind,
        "subject_id": str(subject.id),
        "candidate_id": subject.candidate_id,
        "details": Jsonb(dict(details or {})),
        "signed_in_user_id": signed_in_user_id,
    }
    tx.run(_SQL["write"], entry)
