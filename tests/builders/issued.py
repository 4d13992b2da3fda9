"""Papers that left the desk: signed off, frozen for the clerk, published, withdrawn; straight into the tables."""

from dataclasses import replace
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any, Final

from django.conf import settings

from contracts.models import Contract, Person
from contracts.rules.months import Month
from kpis.models import Correction, Result
from reports.models import (
    Erratum,
    FrozenFile,
    FrozenPaper,
    FrozenSnapshot,
    Meeting,
    Paper,
    PaperAct,
    PaperFile,
    PaperRun,
    TypedWords,
    UploadedEdition,
)
from reports.render.names import stem
from reports.render.words import document
from reports.services.editions import prepare
from reports.snapshot import BoardPaper, fingerprint, from_json, to_json
from reports.snapshot.issue import ExemptLine

WHERE: Final = "https://council.example.org/meetings/2018-03-29/item-5"

NOT_FOR_PUBLICATION: Final = ExemptLine("results", "Results", 3, "It would tell bidders what the contract costs.")


def act(of: Paper, kind: str, by: Person, at: datetime, words: str = "", status: str = "") -> PaperAct:
    """An act, and the status that it makes."""
    when = {"address": WHERE, "published_at": at} if kind == "published" else {}
    made = PaperAct.objects.create(paper=of, kind=kind, by=by, at=at, words=words, **when)
    if status:
        of.status = status
        of.save(update_fields=["status"])
    return made


def as_built_now(of: Paper, on: date) -> Paper:
    """With everything that building it on a day puts into it, words and all, so that it can be signed off."""
    of.snapshot = to_json(prepare(of.run, on=on).public)
    of.sha256 = fingerprint(of.snapshot)
    of.save(update_fields=["snapshot", "sha256"])
    return of


def signed_off(of: Paper, by: Person, at: datetime) -> Paper:
    """With a file of that edition."""
    act(of, "signed off", by, at, status="signed off")
    _stored(of, "signed off", b"signed off\n")
    return of


def taken_back(of: Contract, at: Meeting, by: Person) -> Paper:
    """A draft that says nothing, with a file, that was signed off and taken back."""
    what: dict[str, Any] = {"contract": of, "meeting": at, "kind": "report"}
    run = PaperRun.objects.create(due_on=at.meeting_on, state="finished", **what)
    months = {"review_from": date(2017, 1, 1), "review_to": date(2017, 1, 1), "made_on": at.meeting_on}
    made = Paper.objects.create(run=run, headline="All is well.", **what, **months)
    PaperFile.objects.create(paper=made, format="csv", name="a.csv", path=f"{of.pk}/{at.pk}/a.csv", size=1)
    for kind in ("signed off", "taken back"):
        act(made, kind, by, datetime(2018, 1, 1, 10, tzinfo=UTC), "A month is missing.")
    return made


def month_report(contract: Contract, month: Month) -> None:
    """An operational report that says nothing, with a file."""
    run = PaperRun.objects.create(contract=contract, kind="operational", month=month, due_on=month, state="finished")
    made = {"contract": contract, "kind": "operational", "month": month, "review_from": month, "review_to": month}
    paper = Paper.objects.create(run=run, made_on=month, headline="All is well.", **made)
    PaperFile.objects.create(paper=paper, format="csv", name="a.csv", path=f"{contract.pk}/{month}/a.csv", size=1)


def with_the_clerk(of: Paper, by: Person, at: datetime, lateness: str = "", exempt: str = "") -> Paper:
    """
    Frozen as it went to the clerk, with a file of each half.

    ``exempt`` is what stands in the exempt half, as its headline and in its file.
    """
    if of.status == "draft":
        signed_off(of, by, at)
    act(of, "handed over", by, at, lateness, status="with the clerk")
    snapshot = replace(from_json(of.snapshot), status="published")
    half = replace(snapshot, audience="exempt", headline=exempt, exempt=(NOT_FOR_PUBLICATION,))
    if exempt:
        of.exempt_snapshot, of.exempt_sha256 = to_json(half), fingerprint(to_json(half))
        of.save(update_fields=["exempt_snapshot", "exempt_sha256"])
    _frozen(of, snapshot, by, at, b"month,status\n2018-01,published\n")
    if exempt:
        _frozen(of, half, by, at, exempt.encode())
    return of


def published(of: Paper, by: Person, clerk: Person, at: datetime, exempt: str = "") -> Paper:
    """Recorded as published at :data:`WHERE`."""
    if of.status != "with the clerk":
        with_the_clerk(of, by, at, exempt=exempt)
    act(of, "published", clerk, at, status="published")
    return of


def uploaded(of: Paper, by: Person, at: datetime, content: bytes = b"Agenda and paper.") -> UploadedEdition:
    """As the council edited it."""
    made: UploadedEdition = UploadedEdition.objects.create(
        paper=of, name="agenda-pack.txt", content=content, content_type="text/plain", size=len(content),
        sha256=sha256(content).hexdigest(), note="The cover sheet was added.", uploaded_at=at, uploaded_by=by,
    )  # fmt: skip
    return made


def withdrawn(of: Paper, by: Person, at: datetime, words: str = "The wrong months were judged.") -> Paper:
    act(of, "withdrawn", by, at, words, status="withdrawn")
    return of


def removed(of: Paper, by: Person, other: Person, at: datetime, words: str = "A name was published in error.") -> Paper:
    """Asked for and confirmed; the text of its contents is gone."""
    act(of, "removal asked", by, at, words)
    act(of, "removed", other, at, words, status="removed")
    return of


def erratum(
    of: Paper, place: str = "Summary by month, January 2018, target met", because: str = "Miscounted."
) -> Erratum:
    found_at = datetime(2018, 4, 3, 9, tzinfo=UTC)
    result = Result.objects.filter(kpi__contract=of.contract).earliest("pk")
    correction = Correction.objects.create(result=result, reason=because, corrected_at=found_at)
    made: Erratum = Erratum.objects.create(
        paper=of, correction=correction, position=1, place=place, printed="29", should_read="30",
        because=because, found_at=found_at,
    )  # fmt: skip
    return made


def typed_words(of: Paper, says: str = "29 KPIs met their target.") -> TypedWords:
    """A sentence of the paper in which a number stands that a correction moved."""
    found_at = datetime(2018, 4, 3, 9, tzinfo=UTC)
    result = Result.objects.filter(kpi__contract=of.contract).earliest("pk")
    correction = Correction.objects.create(result=result, reason="Miscounted.", corrected_at=found_at)
    made: TypedWords = TypedWords.objects.create(
        paper=of, correction=correction, position=0, place="Typed words, introduction, sentence 1", says=says,
        moved="29 now reads 30 (Summary by month, January 2018, target met)", found_at=found_at,
    )  # fmt: skip
    return made


def _frozen(of: Paper, snapshot: BoardPaper, by: Person, at: datetime, content: bytes) -> FrozenPaper:
    half = FrozenPaper.objects.create(
        paper=of,
        audience=snapshot.audience,
        title=document(snapshot).title,
        address=stem(snapshot),
        sha256=fingerprint(to_json(snapshot)),
        frozen_at=at,
        frozen_by=by,
    )
    FrozenSnapshot.objects.create(frozen=half, text=to_json(snapshot))
    name = f"{stem(snapshot)}.csv"
    path = f"frozen/{name}"
    _write(path, content)
    FrozenFile.objects.create(
        frozen=half, format="csv", name=name, path=path, size=len(content), sha256=sha256(content).hexdigest()
    )
    return half


def _stored(of: Paper, edition: str, content: bytes, audience: str = "public") -> PaperFile:
    name = f"{of.kind}-r{of.revision}.csv"
    path = f"{edition}/{of.pk}/{name}"
    _write(path, content)
    made: PaperFile = PaperFile.objects.create(
        paper=of, edition=edition, audience=audience, format="csv", name=name, path=path, size=len(content),
        sha256=sha256(content).hexdigest(),
    )  # fmt: skip
    return made


def _write(path: str, content: bytes) -> None:
    place = settings.PAPERS_DIR / path
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(content)
