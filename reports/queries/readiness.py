"""
Is a draft ready for sign-off? What was built is held against what would be built now, and read through once more.

The figures come from the draft itself: what is found is found in the paper that would be signed off.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from urllib.parse import quote

from django.db.models import QuerySet
from django.urls import reverse

from contracts.queries import read_calendar
from contracts.readings import Reading, ask, beside, read_now
from contracts.rules.calendar import WorkingCalendar
from contracts.rules.months import Month, add_months, month_key, month_long, month_range
from kpis.models import Result
from kpis.queries.registers import read_verified_months
from reports.build.paper import one_reading
from reports.build.periods import Earlier, read_earlier_meetings
from reports.forms.narratives import name_of
from reports.models import Paper
from reports.models.paper import Audience, Kind
from reports.queries.desk import read_text
from reports.queries.lateness import why_late
from reports.queries.staleness import Printed, later_runs, read_built, stale
from reports.queries.waiting_words import read_words_that_wait
from reports.render.words.phrases import months_in_words
from reports.rules.readiness import (
    Finding,
    headline_contradictions,
    in_order,
    lacking_answers,
    says_met,
    says_missed,
)
from reports.rules.sentences import listed
from reports.snapshot import BoardPaper, ExceptionLine, ResultLine, from_json

__all__ = ["Finding", "load_findings"]

MISSES: Final = ("below_minimum", "below_target")
AT_RISK: Final = ("red", "amber")


@dataclass(frozen=True, slots=True)
class _Case:
    """The draft, what it prints in both its parts together, and the addresses at which it is mended."""

    paper: Paper
    shown: BoardPaper

    def at(self, name: str, *more: object, anchor: str = "", query: str = "") -> str:
        address = reverse(name, args=[self.paper.contract.reference, *more])
        return f"{address}{query}{f'#{anchor}' if anchor else ''}"

    def words(self, anchor: str) -> str:
        return self.at("reports:words", self.paper.pk, anchor=anchor)

    def remark_box(self, about: str, subject: str) -> str:
        return self.words(f"id_{quote(name_of((about, subject)))}")

    def has_remark(self, about: str, subject: str) -> bool:
        return any((each.about, each.subject) == (about, subject) for each in self.shown.remarks)


def load_findings(paper: Paper, on: date) -> tuple[Finding, ...]:
    """
    Everything to look at before the paper is signed off on a business day, what blocks first; none of a month's report.

    The paper comes with its contract, meeting and board. Building it again is the dear part: it is built once, and a
    second time where the day is another one than that of the draft.
    """
    with one_reading():
        return read_now(read_findings(paper, on))


def read_findings(paper: Paper, on: date) -> Reading[tuple[Finding, ...]]:
    """
    The same beside whatever else is read: in three steps, more only where it tells errata.

    All of it is read anew, however short ago the draft was built: nothing that is found is kept.
    """
    if paper.meeting is None:
        return ()
    texts, (later, results), (earlier, verified, calendar), moved, waiting = yield from beside(
        beside(read_text(paper, Audience.PUBLIC), read_text(paper, Audience.EXEMPT)),
        ask(later_runs(paper), _explanations(paper)),
        beside(
            read_earlier_meetings(paper.contract, paper.meeting.meeting_on),
            read_verified_months(paper.contract),
            read_calendar(),
        ),
        beside(*(read_built(paper, day) for day in dict.fromkeys((paper.made_on, on)))),
        read_words_that_wait(paper),
    )
    public, exempt = texts
    case = _Case(paper, from_json(exempt or public))
    found = [*stale(paper, on, later, Printed(public, exempt), moved), *_headline(case)]
    found += [*_words(case, on, calendar), *_requests(case), *_months(case, earlier), *_unverified(case, verified)]
    found += [*_provisional(case), *_disputed(case), *_unexplained(case), *_contradictions(case, results)]
    found += [*_silent(case), *_unanswered(case), *waiting]
    return in_order(found)


def _explanations(paper: Paper) -> QuerySet[Result, Any]:
    """What was said of every KPI in the months that the paper judges."""
    rows: QuerySet[Result] = Result.objects.filter(
        kpi__contract=paper.contract_id, month__gte=paper.review_from, month__lte=paper.review_to
    )
    return rows.order_by("kpi__code", "month").values_list("kpi__code", "month", "cause", "effect", "remedy")


def _headline(case: _Case) -> Iterator[Finding]:
    shown = case.shown
    if case.paper.kind not in (Kind.REPORT, Kind.ADDENDUM):
        return
    failed = len({line.kpi for line in shown.exceptions if line.rule == "below_minimum"})
    all_met = all(month.target_met == month.in_force for month in shown.months)
    texts = [("Headline", shown.headline if shown.headline_generated else "", "id_headline")]
    texts += [("Introduction", shown.words.introduction if shown.words else "", "id_introduction")]
    for place, text, anchor in texts:
        for what in headline_contradictions(text, failed, all_met=all_met):
            yield Finding("headline", what, place, case.words(anchor))


def _words(case: _Case, on: date, calendar: WorkingCalendar) -> Iterator[Finding]:
    words = case.shown.words
    if words is None:
        return
    if not words.author:
        what = "Neither the paper nor its board gives an author, so none is printed."
        yield Finding("words", what, "Author", case.words("id_author"))
    if not words.background:
        what = "No background papers are listed: the paper says that there are none."
        yield Finding("words", what, "Background papers", case.words("id_background"))
    if not words.lateness and (why := why_late(case.paper, on, calendar)):
        yield Finding("words", f"{why} No reason is given.", "Why it is late", case.words("id_lateness"))


def _requests(case: _Case) -> Iterator[Finding]:
    due = case.paper.meeting.meeting_on if case.paper.meeting else None
    for request in case.shown.requests:
        if request.due_meeting and due and request.due_meeting <= due and not request.answer:
            what = f"{request.reference} is due at this meeting or before, and nobody has answered it."
            yield Finding("requests", what, f"Request {request.reference}", case.at("reports:requests"))


def _months(case: _Case, earlier: Earlier) -> Iterator[Finding]:
    """A month that no paper has judged, or that has no figure at all: the paper would pass over it."""
    shown, paper = case.shown, case.paper
    if paper.kind != Kind.REPORT or paper.meeting is None:
        return
    for month in shown.months:
        if month.in_force and month.missing == month.in_force:
            name = month_long(month.month)
            address = case.at("kpis:month", month_key(month.month))
            yield Finding("months", f"Nothing was said of any KPI in {name}.", name, address, blocks=True)
    judged_to = earlier.judged_to
    if judged_to is not None and (skipped := month_range(add_months(judged_to, 1), add_months(shown.review.from_, -1))):
        told = months_in_words(skipped)
        address = case.at("reports:meeting", paper.meeting_id)
        yield Finding("months", f"No paper has judged {told} yet.", "Review period", address, blocks=True)


def _unverified(case: _Case, verified: Collection[Month]) -> Iterator[Finding]:
    if case.paper.kind not in (Kind.REPORT, Kind.ADDENDUM):
        return
    for month in case.shown.months:
        if month.in_force and month.month not in verified:
            name = month_long(month.month)
            address = case.at("kpis:month", month_key(month.month))
            yield Finding("unverified", f"Not every service area of {name} is verified.", name, address)


def _provisional(case: _Case) -> Iterator[Finding]:
    for month in case.shown.months:
        if month.provisional:
            what = f"{month.provisional:,} of {month.in_force:,} figures are provisional, and marked so."
            address = case.at("kpis:month", month_key(month.month))
            yield Finding("provisional", what, month_long(month.month), address)


def _disputed(case: _Case) -> Iterator[Finding]:
    for area in case.shown.areas:
        for kpi in area.kpis:
            for result in kpi.results:
                if result.dispute and result.dispute.state == "open":
                    what = f"{kpi.kpi} {kpi.name}: the supplier disputes the figure, and nobody has answered."
                    yield Finding("disputed", what, month_long(result.month), case.at("kpis:decisions"))


def _unexplained(case: _Case) -> Iterator[Finding]:
    told: set[str] = set()
    for line in case.shown.exceptions:
        if line.kpi in told or case.has_remark("kpi", line.kpi):
            continue
        if lacking := _lacking(line):
            told.add(line.kpi)
            what = f"{line.kpi} {line.name}: no {listed(lacking)}, and no remark."
            yield Finding("unexplained", what, months_in_words(line.months), case.remark_box("kpi", line.kpi))


def _lacking(line: ExceptionLine) -> tuple[str, ...]:
    if line.rule == "not_measured" and not line.cause:
        return ("reason",)
    if line.rule == "missing":
        return ("figure",)
    if line.rule not in MISSES:
        return ()
    recovery = line.recovery_month or line.state == "recovered"
    return lacking_answers((line.cause, line.effect, line.remedy, recovery))


def _contradictions(case: _Case, results: Iterable[Any]) -> Iterator[Finding]:
    """Of a miss that its words call met, and of a month in which the target was met that its words call a failure."""
    shown = case.shown
    remarks = {each.subject: each.text for each in shown.remarks if each.about == "kpi"}
    for line in shown.exceptions:
        if line.rule not in MISSES or line.state == "recovered":
            continue
        said = (line.cause, line.effect, line.remedy, remarks.get(line.kpi, ""))
        found = next((words for text in said if (words := says_met(text, line.months))), "")
        if found:
            status = line.rule.replace("_", " ")
            what = f"{line.kpi} {line.name} is {status}, and what is said of it reads “{found}”."
            place = months_in_words(line.months)
            yield Finding("contradiction", what, place, case.at("kpis:kpi", line.kpi))
    yield from _called_failures(case, remarks, results)


def _called_failures(case: _Case, remarks: dict[str, str], said_of: Iterable[Any]) -> Iterator[Finding]:
    review = case.shown.review
    results = {
        (kpi.kpi, result.month): (kpi.name, result)
        for area in case.shown.areas
        for kpi in area.kpis
        for result in kpi.results
        if review.from_ <= result.month <= review.to
    }
    for code, day, *texts in said_of:
        name, result = results.get((code, Month(day)), ("", None))
        if result is not None and result.measured == "target_met" and (said := _says_missed(texts, result)):
            what = f"{code} {name} met its target, and what is said of it reads “{said}”."
            yield Finding("contradiction", what, month_long(result.month), case.at("kpis:kpi", code))
    missed = {line.kpi for line in case.shown.exceptions if line.rule != "recovered" and line.state != "recovered"}
    for code, text in remarks.items():
        name, result = results.get((code, review.to), ("", None))
        if result is None or code in missed or result.measured != "target_met":
            continue
        if said := says_missed(text, {result.month}):
            what = f"{code} {name} met its target at the end of the review period, and its remark reads “{said}”."
            yield Finding("contradiction", what, month_long(result.month), case.remark_box("kpi", code))


def _says_missed(texts: list[str], result: ResultLine) -> str:
    return next((said for text in texts if (said := says_missed(text or "", {result.month}))), "")


def _silent(case: _Case) -> Iterator[Finding]:
    red = {line.reference for line in case.shown.projects.exceptions if line.rule == "red"}
    for line in case.shown.projects.exceptions:
        if line.rule == "silent" and line.reference in red:
            since = line.detail or "nobody reports on it"
            what = f"{line.reference} {line.title} is red, and silent: {since}."
            yield Finding("silent red", what, line.reference, case.at("projects:project", line.reference))


def _unanswered(case: _Case) -> Iterator[Finding]:
    told: set[str] = set()
    for line in case.shown.projects.exceptions:
        if line.rule not in AT_RISK or not line.unanswered or line.reference in told:
            continue
        if case.has_remark("project", line.reference):
            continue
        told.add(line.reference)
        what = f"{line.reference} {line.title} is {line.rule}; not answered: {listed(line.unanswered)}."
        yield Finding("unanswered", what, line.reference, case.at("projects:project", line.reference))
