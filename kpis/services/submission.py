"""
Submitting a month: what was typed becomes the record, all of it or nothing.

The checks run once more inside the transaction, on what stands there then. Whoever submits names the version of the
return they looked at, so that no figure goes out which somebody else typed a moment ago.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.db import transaction
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from contracts.models import Person, ServiceArea
from contracts.rules.months import Month
from contracts.services.history import REMOVED, save_with_history, sign_history, write_history
from contracts.workbook.cells import tidy
from kpis.models import Correction, Entry, Result, Return, WarningAnswer
from kpis.queries.desk import Desk, Line, load_desk
from kpis.rules.checks import Checked, Finding
from kpis.services.corrections import NOTHING, correction_of, figure_of, leaves_corrections
from kpis.services.entries import ReturnClosed, begin_return
from kpis.services.notices import tell_corrected
from kpis.services.summary import recount_month

FIGURE: Final = ("value", "numerator", "denominator", "not_measured_reason")
WRITTEN: Final = (
    *FIGURE, "comment", "cause", "effect", "remedy", "recovery_month", "explanation_awaited_on", "entered_by", "source",
    "version",
)  # fmt: skip
WHY: Final = "submitted"

Answers = Mapping[tuple[str, str], str]
"""By the KPI's code and the warning's key, what the officer answered."""


class NotYoursToSubmit(PermissionDenied):
    """Only officers of the area and their deputies submit its month."""


class NotReady(Exception):
    """Errors stand, or warnings that nobody has answered."""

    def __init__(self, desk: Desk, errors: Sequence[Finding], unanswered: Sequence[Finding]) -> None:
        super().__init__(f"{len(errors)} errors, {len(unanswered)} warnings without an answer")
        self.desk, self.errors, self.unanswered = desk, tuple(errors), tuple(unanswered)


class ChangedMeanwhile(Exception):
    """Somebody changed a row since the checks were looked at."""


@transaction.atomic
def submit_return(
    *, area: ServiceArea, month: Month, version: str, answers: Answers, by: Person, at: datetime, on: date
) -> Return:
    """
    Hands the month in, for the contract manager to verify.

    ``version`` is that of the desk whose checks were looked at. Raises :class:`ReturnClosed`, :class:`ChangedMeanwhile`
    or :class:`NotReady`, and writes nothing then.
    """
    refuse_who_does_not_submit(area, by)
    begin_return(area, month, by=by, at=at)
    desk = load_desk(area, month, for_update=True)
    area_return = desk.area_return
    if area_return is None or not desk.is_open:
        raise ReturnClosed(Return.objects.get(service_area=area, month=month))
    if desk.version != version:
        raise ChangedMeanwhile
    checked = [line.check(line.standing.typed, month, on) for line in desk.lines]
    _refuse_unready(desk, checked, answers)
    results, corrections = _write_results(desk, area_return, checked, by, at)
    _write_answers(checked, results, answers, by, at)
    _clear_desk(area_return, by, at)
    _submitted(area_return, by, at)
    tell_corrected(area_return, corrections)
    recount_month(area, month)
    return area_return


def _clear_desk(area_return: Return, by: Person, at: datetime) -> None:
    """What was typed is on record now. All rows are deleted at once, and so is their history written."""
    entries = Entry.objects.filter(area_return=area_return)
    write_history(Entry, [(entry, REMOVED) for entry in entries], by=by, why=WHY, at=at)
    entries._raw_delete(entries.db)


def refuse_who_does_not_submit(area: ServiceArea, by: Person) -> None:
    if not ServiceArea.objects.submitted_by(by).filter(pk=area.pk).exists():
        raise NotYoursToSubmit


def _refuse_unready(desk: Desk, checked: Sequence[Checked], answers: Answers) -> None:
    errors = [finding for row in checked for finding in row.errors]
    unanswered = [
        finding for row in checked for finding in row.warnings if not _answer(answers, finding.code, finding.warning)
    ]
    if errors or unanswered:
        raise NotReady(desk, errors, unanswered)


def _answer(answers: Answers, code: str, warning: str) -> str:
    return tidy(answers.get((code, warning), ""))


def _write_results(
    desk: Desk, area_return: Return, checked: Sequence[Checked], by: Person, at: datetime
) -> tuple[dict[str, Result], list[Correction]]:
    """The results by the KPI's code, written where new or different, and the corrections that this makes."""
    results: dict[str, Result] = {}
    new, changed = [], []
    corrections: list[Correction] = []
    on_record = {each.kpi_id: each for each in Result.objects.filter(kpi__service_area=desk.area, month=desk.month)}
    for line, row in zip(desk.lines, checked, strict=True):
        result = on_record.get(line.pk)
        before = figure_of(result) if result else NOTHING
        if result is None:
            result = Result(kpi_id=line.pk, month=desk.month, version=0)
            new.append(result)
        elif line.standing.is_typed and _differs(result, line, row):
            changed.append(result)
        results[line.terms.code] = result
        _assign(result, line, row)
        if leaves_corrections(area_return):
            reason = area_return.reopened_reason or area_return.returned_reason
            correction = correction_of(result, before, reason=reason, by=by, at=at)
            corrections += [correction] if correction is not None else []
    told: dict[str, Any] = {"default_user": by, "default_change_reason": WHY, "default_date": at}
    bulk_create_with_history(new, Result, **told)
    bulk_update_with_history(changed, Result, WRITTEN, **told)
    Correction.objects.bulk_create(corrections)
    return results, corrections


def _values(line: Line, row: Checked) -> dict[str, Any]:
    typed = line.standing.typed
    return {
        "value": row.value,
        "numerator": row.numerator,
        "denominator": row.denominator,
        "not_measured_reason": typed.not_measured_reason,
        "comment": typed.comment,
        "cause": typed.cause,
        "effect": typed.effect,
        "remedy": typed.remedy,
        "recovery_month": row.recovery_month,
        "explanation_awaited_on": row.explanation_awaited_on,
    }


def _differs(result: Result, line: Line, row: Checked) -> bool:
    return any(getattr(result, name) != value for name, value in _values(line, row).items())


def _assign(result: Result, line: Line, row: Checked) -> None:
    """Sets what is wanted on a row that is new or differs; whoever typed it last entered it."""
    if not line.standing.is_typed or (result.pk is not None and not _differs(result, line, row)):
        return
    values = _values(line, row)
    if any(getattr(result, name) != values[name] for name in FIGURE):
        result.source = Result.Source.ENTERED
    for name, value in values.items():
        setattr(result, name, value)
    result.entered_by_id = line.standing.by_pk
    result.version += 1


def _write_answers(
    checked: Sequence[Checked], results: Mapping[str, Result], answers: Answers, by: Person, at: datetime
) -> None:
    """The warnings that stand now with their answers; those of an earlier round stay only where nothing moved."""
    standing = list(_answered(checked, results, answers, by, at))
    kept = {(row.result_id, row.warning, row.said, row.answer) for row in standing}
    known = set()
    for row in WarningAnswer.objects.filter(result__in=results.values()):
        key = (row.result_id, row.warning, row.said, row.answer)
        if key in kept:
            known.add(key)
        else:
            sign_history(row, by=by, why=WHY, at=at)
            row.delete()
    new = [row for row in standing if (row.result_id, row.warning, row.said, row.answer) not in known]
    told: dict[str, Any] = {"default_user": by, "default_change_reason": WHY, "default_date": at}
    bulk_create_with_history(new, WarningAnswer, **told)


def _answered(
    checked: Sequence[Checked], results: Mapping[str, Result], answers: Answers, by: Person, at: datetime
) -> Iterator[WarningAnswer]:
    for row in checked:
        for finding in row.warnings:
            yield WarningAnswer(
                result=results[row.code],
                warning=finding.warning,
                said=finding.message,
                answer=_answer(answers, finding.code, finding.warning),
                answered_at=at,
                answered_by=by,
            )


def _submitted(area_return: Return, by: Person, at: datetime) -> None:
    area_return.state = Return.State.SUBMITTED
    area_return.submitted_at, area_return.submitted_by = at, by
    area_return.version += 1
    fields = ("state", "submitted_at", "submitted_by", "version")
    save_with_history(area_return, by=by, why=WHY, at=at, fields=fields)
