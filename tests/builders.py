"""
Builders that put facts into the database: a contract, its KPIs and months, its projects, its Board.

Each makes one thing that is valid as it stands, so that a test says only what it is about. Months are written as people
write them (``"2018-01"``), figures as text.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from decimal import Decimal
from hashlib import sha256
from typing import Any

from django.conf import settings
from simple_history.utils import bulk_create_with_history

from contracts.models import Contract, Message, Person, Question, ServiceArea
from contracts.rules.months import Month, add_months, month_range, parse_month
from kpis.models import Dispute, Evidence, Kpi, Level, Rebase, Relief, Result, Return
from projects.models import KeyEntry, KeyList, Milestone, Project, Rebaseline, Update
from reports.build import build_paper
from reports.models import Board, BoardRequest, Meeting, Paper, PaperFile, PaperRun, ReviewPeriod
from reports.snapshot import fingerprint, to_json

BEGIN = "2017-01"


def contract(reference: str = "TST", **changes: Any) -> Contract:
    """A contract that commenced in January 2017: that is its month 1."""
    given = {
        "title": f"Services contract {reference}",
        "authority": "Exampleshire County Council",
        "supplier": "Example Services plc",
        "commences_on": date(2017, 1, 1),
        **changes,
    }
    return Contract.objects.create(reference=reference, **given)


def area(of: Contract, code: str = "CSC", name: str = "Customer Service Centre") -> ServiceArea:
    return ServiceArea.objects.create(contract=of, code=code, name=name)


def kpi(of: ServiceArea, code: str = "CSC_KPI_01", target: str = "90", minimum: str = "80", **changes: Any) -> Kpi:
    """A percentage of which more is better, due every month since January 2017, with one level from then on."""
    given = {
        "name": f"Calls answered in time, {code}",
        "unit": "percent",
        "polarity": "higher",
        "decimals": 2,
        "in_force_from": parse_month(BEGIN),
        **changes,
    }
    made = Kpi.objects.create(contract=of.contract, service_area=of, code=code, **given)
    level(made, given["in_force_from"], target, minimum)
    return made


def level(of: Kpi, effective_from: str | date, target: str, minimum: str, **changes: Any) -> Level:
    return Level.objects.create(
        kpi=of,
        effective_from=parse_month(effective_from),
        target=Decimal(target),
        minimum=Decimal(minimum),
        **changes,
    )


def rebase(of: Kpi, from_month: str, **changes: Any) -> Rebase:
    """The limits of the KPI's chart restart in this month."""
    given = {"reason": "New telephone lines.", "recorded_at": datetime(2018, 3, 1, 9, tzinfo=UTC), **changes}
    return Rebase.objects.create(kpi=of, from_month=parse_month(from_month), **given)


def result(of: Kpi, month: str, value: str | None, **changes: Any) -> Result:
    """One month's figure; without a value, give a rate or the reason why there is none."""
    return Result.objects.create(
        kpi=of, month=parse_month(month), value=None if value is None else Decimal(value), **changes
    )


def results(of: Kpi, first: str, values: Iterable[str | None]) -> None:
    """A figure a month from ``first`` on; ``None`` leaves a month missing."""
    begin = parse_month(first)
    rows = [
        Result(kpi=of, month=add_months(begin, place), value=Decimal(value))
        for place, value in enumerate(values)
        if value is not None
    ]
    bulk_create_with_history(rows, Result)


def dispute(of: Result, by: Person, **changes: Any) -> Dispute:
    """An open dispute of the figure that stands there."""
    given = {
        "note": "Calls cut off by the exchange were counted.",
        "raised_at": datetime(2018, 3, 1, 9, tzinfo=UTC),
        **{name: getattr(of, name) for name in ("value", "numerator", "denominator", "not_measured_reason")},
        **changes,
    }
    return Dispute.objects.create(result=of, raised_by=by, **given)


def returns(of: ServiceArea, first: str, last: str, state: str = "verified", **changes: Any) -> None:
    """The area's return of each month, both included."""
    given = {"returned_reason": "A figure lacks its source.", **changes} if state == "returned" else changes
    months = month_range(parse_month(first), parse_month(last))
    rows = [Return(service_area=of, month=month, state=state, **given) for month in months]
    bulk_create_with_history(rows, Return)


def relief(of: Contract, *kpis: Kpi, first: str, last: str | None = None, **changes: Any) -> Relief:
    """A granted relief for these KPIs, or for all of them where none is named."""
    given = {
        "reference": f"R{Relief.objects.count() + 1:03}",
        "cause": "system implementation",
        "narrative": "A new system was rolled out.",
        "decision": "granted",
        "decided_by": "Contract Manager",
        **changes,
    }
    made = Relief.objects.create(
        contract=of,
        is_blanket=not kpis,
        from_month=parse_month(first),
        to_month=_month_or_none(last),
        **given,
    )
    made.kpis.set(kpis)
    return made


def evidence(of: Kpi | Relief, by: Person, month: str = "2018-01", name: str = "calls.txt", **changes: Any) -> Evidence:
    """A small file of a KPI's month, or of a relief, lying in its place; added while its return was as it is now."""
    content = f"{type(of).__name__} {of.pk} {month} {name}\n".encode()
    digest = sha256(content).hexdigest()
    place = f"{digest[:2]}/{digest[:32]}"
    path = settings.EVIDENCE_ROOT / place
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    given: dict[str, Any] = {"relief": of, "added_in": of.version} if isinstance(of, Relief) else {"kpi": of}
    if isinstance(of, Kpi):
        returned = Return.objects.filter(service_area=of.service_area, month=parse_month(month)).first()
        given |= {"month": parse_month(month), "added_in": returned.version if returned else 1}
    given |= {"name": name, "kind": "txt", "size": len(content), "sha256": digest, "path": place}
    given |= {"added_by": by, "added_at": datetime(2018, 3, 1, 9, tzinfo=UTC)}
    return Evidence.objects.create(**given | changes)


def project(of: Contract, reference: str = "P001", **changes: Any) -> Project:
    """A project in flight from 2 October 2017 to 30 March 2018, of which nobody has said anything yet."""
    given = {
        "title": f"Payroll link {reference}",
        "stage": "in flight",
        "original_start": date(2017, 10, 2),
        "original_finish": date(2018, 3, 30),
        **changes,
    }
    return Project.objects.create(contract=of, reference=reference, **given)


def update(of: Project, updated_on: date | None, confidence: str = "green", **changes: Any) -> Update:
    return Update.objects.create(project=of, updated_on=updated_on, confidence=confidence, **changes)


def rebaseline(of: Project, agreed_finish: date, agreed_on: date | None, **changes: Any) -> Rebaseline:
    given = {"agreed_by": "Programme Board", "reason": "The supplier's upgrade came late.", **changes}
    return Rebaseline.objects.create(project=of, agreed_finish=agreed_finish, agreed_on=agreed_on, **given)


def milestone(of: Project, title: str = "Design agreed", **dates: Any) -> Milestone:
    return Milestone.objects.create(project=of, title=title, **dates)


def key_list(of: Contract, *projects: Project, decided_on: date | None = None) -> KeyList:
    """A key list in this order: a proposal, unless the Board decided on it."""
    made = KeyList.objects.create(contract=of, decided_on=decided_on)
    for rank, each in enumerate(projects, start=1):
        KeyEntry.objects.create(key_list=made, project=each, rank=rank, rationale=f"{each.title} touches every school.")
    return made


def board(*contracts: Contract, name: str = "Scrutiny Board") -> Board:
    made = Board.objects.create(name=name)
    made.contracts.set(contracts)
    return made


def meeting(of: Board, meeting_on: date, status: str = "planned") -> Meeting:
    return Meeting.objects.create(board=of, meeting_on=meeting_on, status=status)


def review_period(of: Contract, at: Meeting, first: str, last: str) -> ReviewPeriod:
    return ReviewPeriod.objects.create(
        contract=of, meeting=at, review_from=parse_month(first), review_to=parse_month(last)
    )


def request(of: Contract, reference: str = "B001", **changes: Any) -> BoardRequest:
    given = {"raised_on": date(2017, 12, 21), "text": "Show the effect of each failure on services.", **changes}
    return BoardRequest.objects.create(contract=of, reference=reference, **given)


def paper(of: Contract, at: Meeting, on: date, status: str = "draft", revision: int = 1) -> Paper:
    """The written report of a contract for a meeting, with the months verified for it, and one small file."""
    run = PaperRun.objects.create(contract=of, meeting=at, revision=revision, due_on=on, state="finished", stage="done")
    snapshot = build_paper(of, at, on=on, revision=revision, status=status)
    made = Paper.objects.create(
        run=run,
        contract=of,
        meeting=at,
        revision=revision,
        status=status,
        review_from=snapshot.review.from_,
        review_to=snapshot.review.to,
        made_on=snapshot.made_on,
        headline=snapshot.headline,
        snapshot=to_json(snapshot),
        sha256=fingerprint(to_json(snapshot)),
    )
    content = b"month,status\n"
    path = f"{of.reference}/{at.pk}/report-r{revision}.csv"
    place = settings.PAPERS_DIR / path
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(content)
    PaperFile.objects.create(
        paper=made, format="csv", name=place.name, path=path, size=len(content), sha256=sha256(content).hexdigest()
    )
    return made


def message(to: Person, key: str = "returned 1", **changes: Any) -> Message:
    """A message that waits to be sent."""
    given = {"kind": "returned", "subject": f"Returned: {key}", "body": "A figure lacks its source.", **changes}
    return Message.objects.create(person=to, key=key, **given)


def question(of: Contract, asked_by: Person, reference: str = "Q001", **changes: Any) -> Question:
    """A question about a KPI that waits for its answer; about a project where one is named."""
    about = {"about": "project"} if changes.get("project") else {"about": "figure", "kpi": "CSC_KPI_01"}
    given = {
        **about,
        "text": "Why did this figure fall?",
        "asked_at": datetime(2018, 3, 5, 9, 5, tzinfo=UTC),
        **changes,
    }
    return Question.objects.create(contract=of, asked_by=asked_by, reference=reference, **given)


def _month_or_none(text: str | None) -> Month | None:
    return parse_month(text) if text else None
