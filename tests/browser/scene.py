"""What the browser looks at: a contract that shows everything there is to show, one that shows nothing, and people."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.conf import settings
from django.utils import timezone

from contracts.models import ClosedDay, Contract, Message
from contracts.services import set_demonstration_day
from kpis.services.summary import recount
from reports.models import Meeting, PaperRun
from tests import builders
from tests.builders import issued
from tests.people import Cast, make_cast

TODAY = date(2018, 3, 14)
FULL, EMPTY = "FULL", "EMPTY"


@dataclass(frozen=True, slots=True)
class Scene:
    """The numbers that addresses need."""

    meeting: int
    unprepared_meeting: int
    failed_meeting: int
    paper: int
    projects_paper: int
    sent_message: int
    failed_message: int
    dispute: int
    upheld_dispute: int
    draft_file: int
    damaged_file: int
    written_meeting: int
    """Its paper is being written."""
    funding: int
    request: int
    """It waits for its answer."""
    board: int
    cancelled_meeting: int
    passed_meeting: int
    """Nobody has marked it as held yet."""
    closed_day: int
    sentence: int
    issued_paper: int
    withdrawn_paper: int
    public_address: str
    withdrawn_address: str
    officer: int
    leaver: int
    post: int
    """The officer's."""


def set_scene() -> Scene:
    set_demonstration_day(on=TODAY)
    full = builders.contract(FULL, title="Corporate Support Services Contract")
    empty = builders.contract(EMPTY, title="Highways Contract", commences_on=date(2018, 3, 1))
    _kpis(full)
    _projects(full)
    cast = make_cast(full, full.service_areas.get(code="CSC"), empty)
    disputes = _disputes(full, cast)
    board = builders.board(full, name="Overview and Scrutiny Management Board")
    held = builders.meeting(board, date(2017, 12, 21), "held")
    builders.review_period(full, held, "2017-09", "2017-10")
    cancelled = builders.meeting(board, date(2018, 3, 1), "cancelled")
    passed = builders.meeting(board, date(2018, 3, 8))
    closed = ClosedDay.objects.create(closed_on=date(2018, 12, 24), reason="Christmas Eve")
    meeting = builders.meeting(board, date(2018, 3, 29))
    asked = builders.request(full, text="Show each failed KPI beside its effect on services.", owner="Contract Manager")
    _questions(full, cast)
    paper = builders.paper(full, meeting, TODAY)
    about_projects = builders.projects_paper(full, meeting, TODAY)
    _reports(full, held)
    unprepared = builders.meeting(board, date(2018, 4, 26))
    written = builders.meeting(board, date(2018, 5, 31))
    PaperRun.objects.create(
        contract=full,
        meeting=written,
        due_on=TODAY,
        state="running",
        stage="reading",
        claim="a worker",
        attempts=1,
        started_at=timezone.now(),
        heartbeat_at=timezone.now(),
    )
    sent, failed = _messages(full, cast)
    papers = (meeting.pk, unprepared.pk, held.pk, paper.pk, about_projects.pk)
    funding = builders.funding(full, agreed_by="Full Council", source="illustrative")
    out = _issued(full, passed, cast)
    calendar = (asked.pk, board.pk, cancelled.pk, passed.pk, closed.pk)
    return Scene(
        *papers, sent.pk, failed.pk, *disputes, *_evidence(full, cast), written.pk, funding.pk, *calendar, **out,
        officer=cast.officer.pk, leaver=cast.leaver.pk, post=cast.officer.assignments.order_by("pk")[0].pk,
    )  # fmt: skip


def _issued(contract: Contract, meeting: Meeting, cast: Cast) -> dict[str, Any]:
    """A report published late, with the Chair's reason, errata and an edited file; a projects paper withdrawn again."""
    at, who = datetime(2018, 3, 6, 9, tzinfo=UTC), (cast.contract_manager, cast.clerk)
    report = issued.published(builders.paper(contract, meeting, date(2018, 2, 28)), *who, at)
    issued.act(report, "urgent", cast.clerk, at, "The contract ends before the next meeting.")
    issued.erratum(report)
    sentence = issued.typed_words(report)
    issued.uploaded(report, cast.clerk, at)
    gone = issued.published(builders.projects_paper(contract, meeting, date(2018, 2, 28)), *who, at)
    issued.withdrawn(gone, cast.clerk, at)
    return {
        "issued_paper": report.pk,
        "sentence": sentence.pk,
        "withdrawn_paper": gone.pk,
        "public_address": report.frozen.get(audience="public").address,
        "withdrawn_address": gone.frozen.get(audience="public").address,
    }


def _reports(contract: Contract, meeting: Meeting) -> None:
    """Of one month the operational report is written, of the next it is under way; a projects paper has failed."""
    builders.operational_report(contract, "2018-01", TODAY)
    beating = {"claim": "alive", "heartbeat_at": timezone.now(), "attempts": 1}
    february = {"kind": "operational", "month": date(2018, 2, 1), "due_on": date(2018, 3, 7)}
    PaperRun.objects.create(contract=contract, state="running", stage="rendering", **february, **beating)
    failed = {"kind": "projects", "state": "failed", "error": "The disk is full.", "attempts": 3}
    PaperRun.objects.create(contract=contract, meeting=meeting, due_on=TODAY, **failed)


def _disputes(contract: Contract, cast: Cast) -> tuple[int, int]:
    """One that waits, one upheld and to be corrected, one not upheld."""
    results = {each.month.month: each for each in contract.kpis.get(code="CSC_KPI_04").results.filter(month__year=2017)}
    waiting = builders.dispute(results[8], cast.supplier, claimed="6.31%")
    settled = {"settled_by": cast.contract_manager, "settled_at": timezone.now(), "answer": "The log bears it out."}
    upheld = builders.dispute(results[9], cast.supplier, state="upheld", **settled)
    builders.dispute(results[7], cast.supplier, state="not upheld", **settled)
    return waiting.pk, upheld.pk


def _evidence(contract: Contract, cast: Cast) -> tuple[int, int]:
    """Of a verified month with one removed again and one damaged, of an open month, and of a relief asked for."""
    abandoned, assessed = contract.kpis.get(code="CSC_KPI_04"), contract.kpis.get(code="ACF_KPI_01")
    builders.evidence(abandoned, cast.officer, "2017-09", "Telephone log of September.txt")
    why = {"removed_by": cast.officer, "removed_at": timezone.now(), "removed_reason": "It is the log of August."}
    builders.evidence(abandoned, cast.officer, "2017-09", f"{'a-very-long-name-' * 8}.txt", **why)
    asked = builders.relief(contract, abandoned, first="2017-09", last="2017-09", decision="requested", reference="R9")
    builders.evidence(asked, cast.supplier, name="Letter of the vendor.txt")
    draft = builders.evidence(assessed, cast.supplier, "2018-02", "Assessments.txt")
    damaged = builders.evidence(assessed, cast.officer, "2017-09", "Assessments of September.txt")
    (settings.EVIDENCE_ROOT / damaged.path).write_bytes(b"not what was handed in")
    return draft.pk, damaged.pk


def _questions(contract: Contract, cast: Cast) -> None:
    """One that was answered and minuted, one that waits, one about a project."""
    answered = builders.question(
        contract, cast.board_member, kpi="CSC_KPI_04", about="exception", month=date(2017, 9, 1), rule="below minimum",
        text="Was the second cohort of advisers trained in time?", owner=cast.contract_manager, state="answered",
        answer="No: it finished five weeks after term began.", answered_by=cast.contract_manager,
        answered_at=datetime(2018, 1, 9, 9, tzinfo=UTC), minuted_by="Overview and Scrutiny Management Board",
        minuted_on=date(2017, 12, 21),
    )  # fmt: skip
    builders.request(contract, "B002", text="Was the second cohort trained in time?", question=answered)
    builders.question(contract, cast.board_member, "Q002", kpi="CSC_KPI_04", owner=cast.officer)
    builders.question(contract, cast.board_member, "Q003", project="P001", text="Who pays for the delay?")


def _messages(contract: Contract, cast: Cast) -> tuple[Message, Message]:
    """One that was sent to the clerk, one that could not be sent, and more than one page of others."""
    for number in range(60):
        builders.message(cast.officer, f"Customer Service Centre, {number}", contract=contract)
    sent = builders.message(cast.clerk, "Payroll", contract=contract, state="sent", sent_at=timezone.now())
    refusal = "The mail server refused it: (550, b'No such mailbox')"
    return sent, builders.message(cast.supplier, "Care", contract=contract, state="failed", error=refusal, attempts=10)


def _kpis(contract: Contract) -> None:
    """Every status, explained and not, provisional, corrected, under relief, begun late and ended early."""
    calls = builders.area(contract)
    care = builders.area(contract, "ACF", "Adult Care Finance")
    answered = builders.kpi(calls, "CSC_KPI_01", definition="Share of calls answered within 20 seconds.")
    abandoned = builders.kpi(calls, "CSC_KPI_04", "7", "12", polarity="lower", name="Abandoned calls")
    quarterly = builders.kpi(
        calls, "CSC_KPI_07", "2", "4", unit="days", decimals=1, polarity="lower", due_mask=0b100100100100
    )
    assessed = builders.kpi(care, "ACF_KPI_01", "75", "65", name="Assessments completed in time")
    ended = builders.kpi(
        care, "ACF_KPI_02", "60", "90", unit="seconds", decimals=0, polarity="lower",
        in_force_to=date(2017, 12, 1), end_reason="The duty passed to another body.",
    )  # fmt: skip
    builders.results(
        answered, "2017-01", ["95", "91.5", "89", "79", None, "92", "93", "94", "95", "96", "97", "98", "99", "91"]
    )
    builders.results(abandoned, "2017-01", [str(value) for value in (5, 6, 7, 8, 9, 10, 11, 12, 13, 8, 4, 3, 3, 5)])
    builders.results(assessed, "2017-01", ["80"] * 9 + ["72", "70", "62", "61", "60"])
    builders.results(ended, "2017-01", ["55", "61", "95"] + ["50"] * 9)
    builders.result(
        quarterly, "2017-12", "5.5", cause="The scanner failed.", effect="Letters went out a week late.",
        remedy="Mail Room Manager: a second scanner.", recovery_month=date(2018, 3, 1), source="illustrative",
    )  # fmt: skip
    builders.result(quarterly, "2017-09", None, not_measured_reason="The file was lost when the system moved.")
    builders.level(abandoned, "2018-01", "6", "10", reason="Reduced by agreement.", agreed_by="Contract Manager")
    builders.rebase(abandoned, "2017-10", agreed_by="The Board")
    builders.rebase(
        abandoned, "2017-06", withdrawn_at=datetime(2018, 3, 5, 9, tzinfo=UTC), withdrawn_reason="It did not last."
    )
    builders.relief(contract, assessed, first="2017-10", decided_on=date(2017, 11, 2))
    builders.relief(contract, first="2017-05", last="2017-05", decision="refused", cause="force majeure")
    builders.returns(calls, "2017-01", "2018-01")
    builders.returns(care, "2017-01", "2018-01")
    builders.returns(calls, "2018-02", "2018-02", "submitted")
    recount(contract)


def _projects(contract: Contract) -> None:
    """More than one page of them; one with everything that can be said of a project, one of which nothing is known."""
    told = builders.project(
        contract, "P001", title="Contact centre telephone system", service_area=contract.service_areas.first(),
        scrutiny_area="Value for Money", sponsor="Head of Customer Service", manager="Telephony Project Manager",
        third_party="Telephony software vendor", benefit="£125,000 a year", budget="342000", forecast_cost="371000.50",
        spent_to_date="318500", source="illustrative",
    )  # fmt: skip
    builders.update(told, date(2017, 12, 5), "amber", forecast_finish=date(2018, 4, 20), done="Tested.", next="Pilot.")
    builders.update(
        told, date(2018, 3, 7), "green", forecast_finish=date(2018, 5, 25), delay_cause="The load test failed.",
        delay_party="Supplier", done="Trained fifty advisers.", next="Move the lines.",
    )  # fmt: skip
    builders.rebaseline(told, date(2018, 5, 11), date(2018, 1, 31))
    builders.milestone(told, "Pilot", original_on=date(2017, 12, 1), actual_on=date(2018, 2, 12))
    builders.milestone(told, "All lines moved", original_on=date(2018, 3, 1), agreed_on=date(2018, 3, 9))
    unknown = builders.project(contract, "P002", stage="on hold", original_start=None, original_finish=None)
    pipeline = [
        builders.project(contract, f"P{number:03}", stage="pipeline", scrutiny_area="Adults and Community Wellbeing")
        for number in range(3, 60)
    ]
    builders.key_list(contract, told, unknown, *pipeline[:3])
