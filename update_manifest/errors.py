"""Why an update is not believed, taken or kept.

The codes are those of the product's registry of reasons, where their words are; trust in updates does not
depend on that registry, so a test compares the two.
"""

from collections.abc import Mapping
from enum import StrEnum


class UpdateReason(StrEnum):
    """A stable code, `update.what-happened`."""

    UNREACHABLE = "update.unreachable"
    SLOW = "update.slow"
    ENDLESS = "update.endless"
    INSECURE_ADDRESS = "update.insecure-address"
    INTERRUPTED = "update.interrupted"
    METADATA_INVALID = "update.metadata-invalid"
    EXPIRED = "update.expired"
    FROZEN = "update.frozen"
    CLOCK_BEHIND = "update.clock-behind"
    ROLLBACK = "update.rollback"
    MIXED = "update.mixed"
    SIGNATURE_INVALID = "update.signature-invalid"
    BELOW_THRESHOLD = "update.below-threshold"
    KEY_REVOKED = "update.key-revoked"
    KEY_TWICE = "update.key-twice"
    ROOT_BROKEN = "update.root-broken"
    ROLE_EXCEEDED = "update.role-exceeded"
    LIST_MISSING = "update.list-missing"
    LIST_INVALID = "update.list-invalid"
    HASH_MISSING = "update.hash-missing"
    HASH_WRONG = "update.hash-wrong"
    RELEASE_UNSIGNED = "update.release-unsigned"
    RELEASE_SIGNATURE = "update.release-signature"
    WRONG_APP = "update.wrong-app"
    WRONG_PLATFORM = "update.wrong-platform"
    WRONG_CHANNEL = "update.wrong-channel"
    BUSY = "update.busy"
    NOT_STORED = "update.not-stored"
    NOT_YOUR_TURN = "update.not-your-turn"
    HELD_BACK = "update.held-back"
    DISABLED = "update.disabled"
    WITHDRAWN = "update.no-longer-offered"
    STEP_MISSING = "update.step-missing"
    RECORDS_DIFFER = "update.records-differ"
    FAILED_HERE = "update.failed-here"
    PATH_UNSAFE = "update.path-unsafe"
    NOT_A_PLAIN_FILE = "update.not-a-plain-file"
    TOO_LARGE = "update.too-large"
    ARCHIVE_DAMAGED = "update.archive-damaged"
    CONTENT_WRONG = "update.content-wrong"
    BASE_CHANGED = "update.base-changed"
    BUILD_UNKNOWN = "update.build-unknown"
    NOT_READY = "update.not-ready"
    DID_NOT_START = "update.did-not-start"
    NO_REPORT = "update.no-report"
    CHECK_FAILED = "update.check-failed"
    VERSION_DAMAGED = "update.version-damaged"
    CODE_SIGNATURE_MISSING = "update.code-signature-missing"
    CODE_SIGNATURE_INVALID = "update.code-signature-invalid"
    CODE_SIGNATURE_PUBLISHER = "update.code-signature-publisher"
    CODE_SIGNATURE_UNCHECKED = "update.code-signature-unchecked"


class UpdateError(Exception):
    """Something about an update was refused.

    Attributes:
        reason: which refusal.
        facts: numbers and names of the product's own, never a person's.
    """

    def __init__(self, reason: UpdateReason, facts: Mapping[str, object] | None = None) -> None:
        """Remember why."""
        super().__init__(reason.value)
        self.reason = reason
        self.facts = dict(facts or {})
