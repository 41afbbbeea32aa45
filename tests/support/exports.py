"""People of exports, and an office in memory that exports them and can be made to misbehave."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from uuid import UUID, uuid4

from agent_core.errors import CloudError
from protocol.exports import Export, ExportPage, ExportPerson, ExportRequest, ExportResume, ExportRow
from protocol.reasons import Reason

AT = datetime(2026, 11, 12, 8, 0, tzinfo=UTC)
ALL = ExportRequest.model_validate({"filter": {}})


def digest(text: str | bytes) -> str:
    return sha256(text if isinstance(text, bytes) else text.encode()).hexdigest()


def person(
    number: str = "0042", *, resume: bool = True, stored: bytes | None = None, **changes: str
) -> ExportPerson:
    """Return a synthetic seafarer as an export has them; ``stored`` is what the office's store holds."""
    values = {
        "candidate_id": number,
        "filename": f"2nd_Officer_{number}.pdf",
        "event_type": "initial_verification",
        "status": "New",
        "notes": "",
        "rank_applied_for": "2nd Officer",
        "search_ship_type": "Bulk Carrier",
        "ai_search_prompt": "",
        "ai_match_reason": "",
        "name": f"Seafarer {number}",
        "present_rank": "3rd Officer",
        "email": f"seafarer{number}@example.com",
        "country": "India",
        "mobile_no": f"+49 170 {number}",
        **changes,
    }
    row = ExportRow.model_validate({**values, "date_added": AT})
    if not resume:
        return ExportPerson(row=row)
    return ExportPerson(
        row=row,
        resume=ExportResume(
            resume_id=uuid4(),
            filename=row.filename,
            content_sha256=digest(f"content {number}"),
            file_sha256=digest(f"file {number}"),
            stored_sha256=None if stored is None else digest(stored),
            device_name="Laptop of Kari",
            device_last_seen_at=AT,
        ),
    )


@dataclass
class OfficeSimulator:
    """Implements `ports.OfficeExports`: hands out pages, and the bytes in ``store``."""

    people: list[ExportPerson] = field(default_factory=list)
    store: dict[UUID, bytes] = field(default_factory=dict)
    page_size: int = 2
    asked: list[ExportRequest] = field(default_factory=list)
    refuses: Reason | None = None
    breaks_at_page: int | None = None
    breaks_at_resume: Reason | None = None
    says: int | None = None
    export_id: UUID = field(default_factory=uuid4)

    def add(self, number: str, *, stored: bytes | None = None, resume: bool = True) -> ExportPerson:
        added = person(number, stored=stored, resume=resume)
        self.people.append(added)
        if stored is not None and added.resume is not None:
            self.store[added.resume.resume_id] = stored
        return added

    def ask(self, request: ExportRequest) -> Export:
        if self.refuses is not None:
            raise CloudError(self.refuses)
        self.asked.append(request)
        self.export_id = uuid4()
        people = len(self.people) if self.says is None else self.says
        return Export(export_id=self.export_id, people=people, expires_at=AT + timedelta(hours=1))

    def page(self, export_id: UUID, after: int) -> ExportPage:
        assert export_id == self.export_id
        if self.breaks_at_page is not None and after >= self.breaks_at_page * self.page_size:
            raise CloudError(Reason.CLOUD_UNREACHABLE)
        end = after + self.page_size
        more = end < len(self.people)
        return ExportPage(people=tuple(self.people[after:end]), next_after=end if more else None)

    def resume(self, export_id: UUID, resume_id: UUID) -> bytes:
        assert export_id == self.export_id
        if self.breaks_at_resume is not None:
            raise CloudError(self.breaks_at_resume)
        if resume_id not in self.store:
            raise CloudError(Reason.RESUME_LOST_IN_STORE)
        return self.store[resume_id]


class WindowSimulator:
    """Implements `ports.NativeWindow`: chooses what the test says."""

    def __init__(self, chosen: str | None) -> None:
        self.chosen = chosen
        self.asked: list[tuple[str, str]] = []

    def choose_save_file(self, folder: str, file_name: str) -> str | None:
        self.asked.append((folder, file_name))
        return self.chosen

    def choose_folder(self, start: str) -> str | None:
        return start

    def call_for_attention(self, message: str) -> None:
        """Nothing flashes here."""

    def bring_up(self) -> None:
        """It is in front already."""
