"""When to try again, and what becomes of an entry: values in, values out.

The cloud's verdict alone removes an entry. One that can never work, or only after somebody acted, is parked
at once; one that may work later is parked after `MAX_ATTEMPTS`. Nothing blocks its neighbours.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from agent_core.ports import Fate, OutboxEntry, Settlement
from protocol.ingest import Verdict, VerdictKind
from protocol.reasons import Reason, Retry

FIRST_DELAY = timedelta(seconds=1)
LONGEST_DELAY = timedelta(minutes=5)
FIRST_LOOK = timedelta(seconds=3)
"""How long the cloud is given to read back what was just uploaded."""

CHECK_DELAY = timedelta(seconds=15)
"""How long it is given when it was not done by then: it has much to read, or its store does not answer."""

MAX_ATTEMPTS = 12
"""With the delays above, about a quarter of an hour of trying."""


def delay(attempts: int, jitter: float) -> timedelta:
    """Return how long to wait after so many failures in a row.

    Args:
        attempts: 1 after the first failure.
        jitter: 0 to 1; spreads the waits over the upper half, so that many computers do not come at once.
    """
    doublings = min(max(attempts - 1, 0), 20)
    full: timedelta = min(FIRST_DELAY * int(2**doublings), LONGEST_DELAY)
    return full * (0.5 + jitter / 2)


def after_refusal(
    key: int | UUID, attempts: int, reason: Reason, detail: str, *, now: datetime, jitter: float
) -> Settlement:
    """Decide on an entry that was refused for this reason.

    Args:
        key: the entry's, as `Settlement` has it.
        attempts: failures before this one.
        reason: why it was refused.
        detail: which field or rule.
        now: the time of the refusal.
        jitter: 0 to 1.
    """
    if reason is Reason.CANDIDATE_ERASED:  # nobody can do anything about it, and nobody should keep it
        return Settlement(key, Fate.DONE)
    made = attempts + 1
    if reason.retry is not Retry.LATER or made >= MAX_ATTEMPTS:
        return Settlement(key, Fate.PARKED, reason=reason, detail=detail)
    return Settlement(key, Fate.LATER, at=now + delay(made, jitter), reason=reason, detail=detail)


def after_no_file(
    resume_id: UUID, attempts: int, reason: Reason, *, now: datetime, jitter: float
) -> Settlement:
    """Decide on an upload whose file cannot be read for this reason.

    A folder that is gone may be a drive that is not connected: it is looked for again, however often. Without
    its file an upload can never work.
    """
    if reason is Reason.FOLDER_NOT_THERE:
        return Settlement(resume_id, Fate.LATER, at=now + delay(attempts + 1, jitter), reason=reason)
    return Settlement(resume_id, Fate.PARKED, reason=Reason.UPLOAD_FILE_GONE, detail=reason.value)


def until_checked(
    resume_id: UUID, attempts: int, *, is_put: bool, now: datetime, jitter: float
) -> Settlement:
    """Decide on an upload whose bytes the cloud has not compared yet: it is asked again after a while.

    Only putting the bytes counts as a try, however long the cloud takes to look at them.
    """
    wait = (FIRST_LOOK if is_put else CHECK_DELAY) * (0.5 + jitter / 2)
    if is_put:
        wait = max(wait, delay(attempts + 1, jitter))
    reason = Reason.UPLOAD_BEING_CHECKED
    return Settlement(resume_id, Fate.LATER, at=now + wait, reason=reason, counts=is_put)


def settle_batch(
    entries: Sequence[OutboxEntry], verdicts: Iterable[Verdict], now: datetime, jitter: float
) -> list[Settlement]:
    """Decide on every entry of a batch by its own verdict; one without a verdict is tried again."""
    by_event = {verdict.event_id: verdict for verdict in verdicts}
    return [_settle(entry, by_event, now, jitter) for entry in entries]


def _settle(entry: OutboxEntry, verdicts: Mapping[str, Verdict], now: datetime, jitter: float) -> Settlement:
    verdict = verdicts.get(str(entry.event.event_id))
    if verdict is not None and verdict.verdict is not VerdictKind.REJECTED:
        # The answer that said whether the bytes are wanted may have been lost, so a duplicate asks again.
        wanted = verdict.upload_wanted or verdict.verdict is VerdictKind.DUPLICATE
        return Settlement(entry.position, Fate.DONE, upload_wanted=wanted)
    if verdict is None or verdict.reason is None:
        reason, detail = Reason.CLOUD_ANSWER, "no verdict" if verdict is None else verdict.detail
    else:
        reason, detail = verdict.reason, verdict.detail
    return after_refusal(entry.position, entry.attempts, reason, detail, now=now, jitter=jitter)


def halve(limit: int) -> int:
    """Return the size of the next batch after one was refused as a whole."""
    return max(1, limit // 2)
