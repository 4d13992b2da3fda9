"""The checks before a month is submitted: errors that stop it, warnings that ask for a word, and the submission."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from contracts.http import CONFLICT, UNPROCESSABLE, PageRequest, takes_a_form
from contracts.queries import instant_on
from contracts.rules.months import Month, month_long
from kpis.forms.returns import read_answers
from kpis.forms.rows import LABELS
from kpis.queries.desk import Desk, Line
from kpis.rules.checks import Checked, Finding, tally
from kpis.services.answers import Answer, Key, save_answers
from kpis.services.entries import ReturnClosed
from kpis.services.submission import ChangedMeanwhile, NotReady, submit_return
from kpis.views.places import Place, find_place


@dataclass(frozen=True, slots=True)
class Shown:
    """A finding as the page prints it: the field by its label, where it is, and the answer to a warning."""

    finding: Finding
    line: Line
    label: str
    answer: str = ""
    was: str = ""
    """The answer that is kept by now, which the next save names."""
    theirs: str | None = None
    """What somebody else answered while this was typed."""
    is_unanswered: bool = False

    @property
    def anchor(self) -> str:
        return f"{self.line.pk}-{self.finding.field}"

    @property
    def name(self) -> str:
        return f"answer-{self.line.pk}-{self.finding.warning}"

    @property
    def was_name(self) -> str:
        return f"was-{self.line.pk}-{self.finding.warning}"


@takes_a_form
def check(request: PageRequest, contract: str, area: str, month: Month) -> HttpResponse:
    """What stands in the way of submitting, and the button that does it."""
    place = find_place(request, contract, area, month)
    if not place.may_look or (request.method == "POST" and not place.may_submit):
        raise PermissionDenied
    if request.method == "POST":
        return _take(request, place)
    desk = place.desk()
    if not desk.is_open:
        return redirect("kpis:return_form", place.contract.reference, place.area.code, place.month)
    return _show(request, place, desk)


def _take(request: PageRequest, place: Place) -> HttpResponse:
    """Keeps the answers, whatever else is asked for: a script saves them, a person goes back or submits."""
    desk = place.desk()
    answers = read_answers(request.POST.dict(), desk.lines)
    at = instant_on(request.today)
    try:
        others = save_answers(area=place.area, month=place.month, answers=answers, by=request.user, at=at)
    except ReturnClosed:
        if "keep" in request.POST:  # nobody reads what a script is told
            return JsonResponse({}, status=CONFLICT)
        return _closed(request, place)
    if "keep" in request.POST:
        said = {f"answer-{kpi}-{warning}": words for (kpi, warning), words in others.items()}
        return JsonResponse({"at": f"{timezone.localtime(at):%H:%M}", "others": said})
    if others:
        return _show(request, place, place.desk_now(), answers, others=others, status=CONFLICT)
    if "back" in request.POST:
        return redirect("kpis:return_form", place.contract.reference, place.area.code, place.month)
    return _submit(request, place, desk, answers)


def _submit(request: PageRequest, place: Place, desk: Desk, answers: Mapping[Key, Answer]) -> HttpResponse:
    codes = {line.pk: line.terms.code for line in desk.lines}
    try:
        submit_return(
            area=place.area,
            month=place.month,
            version=request.POST.get("version", ""),
            answers={(codes[kpi], warning): answer.words for (kpi, warning), answer in answers.items()},
            by=request.user,
            at=instant_on(request.today),
            on=request.today,
        )
    except ReturnClosed:
        return _closed(request, place)
    except ChangedMeanwhile:
        return _show(request, place, place.desk_now(), answers, is_changed=True, status=CONFLICT)
    except NotReady:
        return _show(request, place, place.desk_now(), answers, is_asking=True, status=UNPROCESSABLE)
    said = f"{place.area.name}, {month_long(place.month)}: submitted. The contract manager verifies it now."
    messages.success(request, said)
    return redirect("kpis:returns", place.contract.reference)


def _closed(request: PageRequest, place: Place) -> HttpResponse:
    messages.warning(request, "Somebody else submitted this return a moment ago. Nothing more was changed.")
    return redirect("kpis:return_form", place.contract.reference, place.area.code, place.month)


def _show(
    request: PageRequest,
    place: Place,
    desk: Desk,
    answers: Mapping[Key, Answer] | None = None,
    *,
    others: Mapping[Key, str] | None = None,
    is_asking: bool = False,
    is_changed: bool = False,
    status: int = 200,
) -> HttpResponse:
    # What was answered before is for those who submit: the supplier reads the warnings, never the answers.
    may_read = place.may_submit or not place.may_enter
    checked = [(line, line.check(line.standing.typed, desk.month, request.today)) for line in desk.lines]
    return render(
        request,
        "kpis/return_check.html",
        {
            "contract": place.contract,
            "place": place,
            "desk": desk,
            "tally": tally((line.standing.typed, row) for line, row in checked),
            "errors": [Shown(found, line, LABELS[found.field]) for line, row in checked for found in row.errors],
            "warnings": [
                _warning(found, line, answers, others or {}, is_asking=is_asking)
                if may_read
                else Shown(found, line, LABELS[found.field])
                for line, row in checked
                for found in row.warnings
            ],
            "awaited": [(line, row) for line, row in checked if _is_awaited(row)],
            "is_changed": is_changed,
            "is_stopped": status != 200,
            "typist": request.user.pk,
        },
        status=status,
    )


def _is_awaited(row: Checked) -> bool:
    return row.is_missed and row.explanation_awaited_on is not None


def _warning(
    finding: Finding, line: Line, answers: Mapping[Key, Answer] | None, others: Mapping[Key, str], *, is_asking: bool
) -> Shown:
    key = (line.pk, finding.warning)
    given = (answers or {}).get(key)
    stands = line.answers.get(finding.warning, "")
    answer = stands if given is None else given.words
    return Shown(
        finding,
        line,
        LABELS[finding.field],
        answer,
        was=stands,
        is_unanswered=is_asking and not answer.strip(),
        theirs=others.get(key),
    )
