"""
The story of June 2017: a paper that was published with a wrong figure, and how the system said so by itself.

The minutes of the contract that the demonstration is modelled on tell of an addendum that was corrected aloud at the
table: 30 instead of 29, and 2 instead of 3. The demonstration's workbook holds what was right in the end. So that June
can be corrected, its one figure is first put back to what was reported at the time; then people do what they would do:
the report is written, signed off, handed over and published, the mistake is noticed, the month reopened and the figure
corrected with a reason. In the end every figure is what the workbook says.
"""

import csv
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from django.utils import timezone

from contracts.models import Contract, Person
from contracts.queries import demonstration_day
from contracts.rules.months import Month, month_key
from contracts.rules.roles import Role
from contracts.services import set_demonstration_day
from contracts.services.history import save_with_history
from kpis.models import Correction, Result, Return
from kpis.services.summary import recount_month
from kpis.services.verification import reopen_return, verify_return
from reports.models import Meeting, Paper
from reports.models.paper import Kind
from reports.queries.readiness import load_findings
from reports.rules.signatures import key_of
from reports.services.claims import BeingWritten
from reports.services.demonstration import CAST, REFERENCE
from reports.services.errata import find_errata
from reports.services.news import written_here
from reports.services.papers import run_for, write_paper
from reports.services.publication import record_publication
from reports.services.sign_off import hand_over, sign_off
from reports.workbook import import_workbook

MEETING_ON: Final = date(2017, 10, 26)
DRAFTED_ON: Final = date(2017, 10, 11)
SIGNED_ON: Final = date(2017, 10, 16)
HANDED_OVER_ON: Final = date(2017, 10, 17)
PUBLISHED_ON: Final = date(2017, 10, 18)
CORRECTED_ON: Final = date(2017, 11, 6)
KPI: Final = "PM_KPI_03"
JUNE: Final = Month(date(2017, 6, 1))
COUNTED_LATE: Final = Decimal(180)
"""So many enquiries were first counted as answered too late."""
AS_REPORTED: Final = "as the supplier first reported it"
SAID: Final = {
    "cause": "Enquiries that came in late in the day waited for the next morning’s shift.",
    "effect": "One manager in ten waited longer than three working days for an answer.",
    "remedy": "The People Management Service Manager has moved one adviser to the late shift.",
}
"""What was said of the figure that proved wrong."""
REASON: Final = (
    "180 enquiries that came in after four o’clock were counted from that day; the definition counts them from the next"
    " working day, and they were answered in time."
)
SEEN: Final = "Known and looked into; the Board is told what this paper says of it."
ADDRESS: Final = "https://committees.exampleshire.example/meetings/2017-10-26/item-6"


@dataclass(frozen=True, slots=True)
class _Stage:
    contract: Contract
    meeting: Meeting
    result: Result
    manager: Person
    officer: Person
    clerk: Person


def play_june_2017() -> bool:
    """
    Plays the story on the demonstration's data, right after its import; whether it was played now.

    Played again, or where people have already written a paper for that meeting, nothing happens.
    """
    stage = _stage()
    begun = Paper.objects.filter(contract=stage.contract, meeting=stage.meeting, kind=Kind.REPORT)
    if begun.exists() or Correction.objects.filter(result=stage.result).exists():
        return False
    right = _row_of(stage.result)
    _put_back(stage)
    with written_here():
        _publish_the_report(stage)
    with _on(CORRECTED_ON):
        _correct(stage, right)
    find_errata(now=_at(CORRECTED_ON))
    return True


def _stage() -> _Stage:
    contract = Contract.objects.get(reference=REFERENCE)
    people = {part.role: Person.objects.get(email=f"{part.mailbox}@example.org") for part in CAST}
    return _Stage(
        contract=contract,
        meeting=Meeting.objects.select_related("board").get(board__contracts=contract, meeting_on=MEETING_ON),
        result=Result.objects.select_related("kpi__service_area").get(
            kpi__contract=contract, kpi__code=KPI, month=JUNE
        ),
        manager=people[Role.CONTRACT_MANAGER],
        officer=people[Role.OFFICER],
        clerk=people[Role.CLERK],
    )


def _put_back(stage: _Stage) -> None:
    """The figure as it stood before anybody knew better. It was verified so: that is no correction."""
    result = stage.result
    if result.numerator is None:
        raise ValueError(f"{KPI} has no rate for {month_key(JUNE)} in the demonstration's workbook.")
    result.numerator -= COUNTED_LATE
    for name, text in SAID.items():
        setattr(result, name, text)
    result.version += 1
    fields = ("numerator", "version", *SAID)
    save_with_history(result, by=stage.officer, why=AS_REPORTED, at=_at(DRAFTED_ON), fields=fields)
    recount_month(result.kpi.service_area, JUNE)


def _publish_the_report(stage: _Stage) -> None:
    """Written, signed off, handed over and published, each on its day."""
    with _on(DRAFTED_ON):
        run = run_for(stage.contract, stage.meeting, Kind.REPORT, on=DRAFTED_ON, now=timezone.now())
        write_paper(run.pk, on=DRAFTED_ON)
    paper = Paper.objects.select_related("contract", "meeting__board").get(run=run)
    with _on(SIGNED_ON):
        accepted = {key_of(each): SEEN for each in load_findings(paper, SIGNED_ON)}
        sign_off(paper, by=stage.manager, at=_at(SIGNED_ON), on=SIGNED_ON, accepted=accepted)
        _print(paper, SIGNED_ON)
    paper.refresh_from_db()
    with _on(HANDED_OVER_ON):
        hand_over(paper, by=stage.manager, on=HANDED_OVER_ON, now=_at(HANDED_OVER_ON))
        _print(paper, HANDED_OVER_ON)
    paper.refresh_from_db()
    with _on(PUBLISHED_ON):
        at = _at(PUBLISHED_ON)
        record_publication(paper, by=stage.clerk, published_at=at, address=ADDRESS, now=at)


def _print(paper: Paper, on: date) -> None:
    """Writes the edition that waits, unless a worker has taken it."""
    runs = paper.contract.paper_runs.filter(meeting=paper.meeting, kind=paper.kind, state="queued")
    for pk in runs.order_by("queued_at", "pk").values_list("pk", flat=True):
        try:
            write_paper(pk, on=on)
        except BeingWritten:
            continue


def _correct(stage: _Stage, right: Mapping[str, str]) -> None:
    """The month is reopened, the officer hands in the figure that was counted anew, and it is verified again."""
    month = Return.objects.get(service_area=stage.result.kpi.service_area, month=JUNE)
    at = _at(CORRECTED_ON)
    reopen_return(pk=month.pk, version=month.version, reason=REASON, by=stage.manager, at=at)
    with TemporaryDirectory() as folder:
        with (Path(folder) / "results.csv").open("w", encoding="utf-8", newline="") as out:
            sheet = csv.DictWriter(out, right)
            sheet.writeheader()
            sheet.writerow(right)
        outcome = import_workbook(Path(folder), contract_reference=REFERENCE, reason=REASON, by=stage.officer)
    if outcome.is_refused:
        raise ValueError("\n".join(str(problem) for problem in outcome.problems))
    month.refresh_from_db()
    verify_return(pk=month.pk, version=month.version, how=Return.Check.SOURCE_SEEN, by=stage.manager, at=at)


def _row_of(result: Result) -> dict[str, str]:
    """The result as a row of the workbook's sheet."""
    shown = {name: getattr(result, name) for name in ("numerator", "denominator")}
    return {
        "kpi": KPI,
        "month": month_key(JUNE),
        **{name: "" if figure is None else format(figure.normalize(), "f") for name, figure in shown.items()},
        "state": "verified",
        **{name: getattr(result, name) for name in ("cause", "effect", "remedy", "source")},
    }


@contextmanager
def _on(day: date) -> Iterator[None]:
    """The demonstration stands at another day meanwhile, for what asks the day itself."""
    stood = demonstration_day()
    set_demonstration_day(on=day)
    try:
        yield
    finally:
        if stood is not None:
            set_demonstration_day(on=stood)


def _at(on: date) -> datetime:
    return timezone.make_aware(datetime.combine(on, time(10, 30)))
