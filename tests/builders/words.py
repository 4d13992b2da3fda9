"""What people write around a paper, what moved after it was issued, and what lies beside it."""

from datetime import UTC, date, datetime

from contracts.models import Contract, Person
from kpis.models import Correction
from reports.models import (
    Board,
    CheckedCorrection,
    ExemptAppendix,
    ExemptMark,
    Meeting,
    Narrative,
    Paper,
    PaperTemplate,
    PublishableMonth,
    Remark,
    UploadedEdition,
)

AT = datetime(2018, 3, 14, 12, tzinfo=UTC)


def narrative(of: Contract, at: Meeting, **words: str) -> Narrative:
    """The words of a meeting's report, with a remark and a section that is not for publication."""
    made: Narrative = Narrative.objects.create(contract=of, meeting=at, **words)
    Remark.objects.create(narrative=made, about="kpi", subject="CSC_KPI_01", text="It is watched.")
    ExemptMark.objects.create(narrative=made, section="money", paragraph=3, public_interest="A tender is at stake.")
    ExemptAppendix.objects.create(
        narrative=made, position=1, title="The offer", text="A rebate.", paragraph=3, public_interest="A tender."
    )
    return made


def template(of: Board, by: Person) -> PaperTemplate:
    made: PaperTemplate = PaperTemplate.objects.create(
        board=of, name="council.docx", content=b"a file", sha256="d" * 64, uploaded_at=AT, uploaded_by=by
    )
    return made


def uploaded(
    of: Paper, by: Person, content: bytes = b"edited", sha256: str = "e" * 64, audience: str = "public"
) -> UploadedEdition:
    """A file of the paper as the council edited it."""
    made: UploadedEdition = UploadedEdition.objects.create(
        paper=of, audience=audience, name="agenda.txt", content=content, content_type="text/plain",
        size=len(content), sha256=sha256, note="Page numbers.", uploaded_at=AT, uploaded_by=by,
    )  # fmt: skip
    return made


def checked(of: Paper, correction: Correction) -> CheckedCorrection:
    made: CheckedCorrection = CheckedCorrection.objects.create(paper=of, correction=correction, checked_at=AT)
    return made


def publishable(of: Contract, month: date, by: Person) -> PublishableMonth:
    made: PublishableMonth = PublishableMonth.objects.create(
        contract=of, month=month, reason="The meeting does not wait.", declared_at=AT, declared_by=by
    )
    return made
