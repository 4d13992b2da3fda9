"""The page the Board opens first: the exceptions of a contract, since the last paper or in any months."""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import get_template
from django.views.decorators.http import require_safe

from contracts.http import PageRequest, contract_of
from contracts.models import Contract
from contracts.queries.questions import asked_since, wanted_asked_since
from contracts.rows import KEPT, Row, Wanted, read
from contracts.rules.months import last_ended, month_key, month_of, month_range
from contracts.rules.roles import SEES_OPERATIONAL_REPORTS
from reports.build import Front, load_front_beside
from reports.forms.periods import AskedPeriod, read_period
from reports.page import ExceptionsPage, exceptions_page
from reports.queries.publishable import declared_in, wanted_declared
from reports.rules.review import NothingVerified


@require_safe
def exceptions(request: PageRequest, contract: str) -> HttpResponse:
    """The exceptions of a period: since the last paper, or any months asked for."""
    shown = contract_of(request, contract)
    earliest, latest = month_of(shown.commences_on), last_ended(request.today)
    asked = read_period(request.GET, earliest, latest)
    front, (declared, asked_about) = _front(shown, asked, request)
    told_on = front.paper.since_last.last_meeting_on if front else None
    page = exceptions_page(front) if front else None
    questions = asked_since(shown, request.held, told_on, request.today, asked_about)
    values = {
        "contract": shown,
        "asked": asked,
        "page": page,
        "front": _written(page, is_asking=questions.may_ask) if page else "",
        "days_left": _days_left(front, request.today),
        "months": month_range(earliest, latest)[::-1],
        "period": _period(front, asked),
        "questions": questions,
        "declared": declared_in(front.paper, declared) if front else (),
        "sees_reports": request.held.holds(SEES_OPERATIONAL_REPORTS, shown.reference),
    }
    return render(request, "reports/exceptions.html", values, status=400 if asked.problem else 200)


@lru_cache(maxsize=KEPT)
def _written(page: ExceptionsPage, *, is_asking: bool) -> Any:
    """What the page says, the same for everybody who opens it, but that members of the Board may ask: markup."""
    template: Any = get_template("reports/front.html")
    return template.template.module.written(page, is_asking)


def _front(shown: Contract, asked: AskedPeriod, request: PageRequest) -> tuple[Front | None, Sequence[list[Row]]]:
    """
    The period asked for, else what the Board would be told now; ``None`` while no month is verified.

    Beside it the months that were declared publishable, and the questions since the Board last met.
    """

    def others(told_on: date | None) -> tuple[Wanted, Wanted]:
        return wanted_declared(shown), wanted_asked_since(shown, request.held, told_on)

    try:
        return load_front_beside(shown, asked.months, others, on=request.today)
    except NothingVerified:
        return None, read(*others(None)).tables


def _days_left(front: Front | None, on: date) -> int | None:
    """Working days until the coming meeting's papers must be published."""
    if front is None or front.paper.meeting.publish_by is None:
        return None
    return front.occasion.calendar.working_days_between(on, front.paper.meeting.publish_by)


def _period(front: Front | None, asked: AskedPeriod) -> tuple[str, str]:
    """The months that the period's form shows as chosen."""
    first, last = asked.months or ((front.paper.review.from_, front.paper.review.to) if front else (None, None))
    return (month_key(first), month_key(last)) if first and last else ("", "")
