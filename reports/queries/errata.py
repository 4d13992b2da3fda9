"""The errata of an issued paper as its pages show them: grouped by the correction that caused them, oldest first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any, Final

from django.db.models import QuerySet
from django.utils import timezone

from contracts.rules.months import Month, month_long
from kpis.models import Correction
from kpis.queries.corrections import correction_in_words
from reports.build.told_errata import errata_for_slip
from reports.models import Erratum, Paper, TypedWords
from reports.models.paper import Audience, Kind

MOVABLE = frozenset({Kind.REPORT, Kind.ADDENDUM})
"""The papers that print figures of KPIs."""
LONGEST_NUMBER: Final = 80


@dataclass(frozen=True, slots=True)
class ErratumRow:
    """
    One number. ``is_current``: no later correction moved it again; ``stands_again``: it reads as printed after all.
    """

    pk: int
    place: str
    printed: str
    should_read: str
    because: str
    is_exempt: bool
    is_current: bool
    stands_again: bool


@dataclass(frozen=True, slots=True)
class CorrectionGroup:
    """What one correction moved: of which figure, what it was changed to, why, by whom and when."""

    number: int
    figure: str
    change: str
    reason: str
    by: str
    on: date
    rows: tuple[ErratumRow, ...]


@dataclass(frozen=True, slots=True)
class PaperErrata:
    """All errata of a paper that somebody may read."""

    groups: tuple[CorrectionGroup, ...]

    @property
    def current(self) -> tuple[ErratumRow, ...]:
        """The numbers that read otherwise now."""
        rows = (row for group in self.groups for row in group.rows)
        return tuple(row for row in rows if row.is_current and not row.stands_again)

    @property
    def has_exempt(self) -> bool:
        """Whether a number of the exempt part is among them."""
        return any(row.is_exempt for group in self.groups for row in group.rows)

    @property
    def seen(self) -> int:
        """What there is, in one number: another erratum makes another."""
        return max((row.pk for group in self.groups for row in group.rows), default=0)


@dataclass(frozen=True, slots=True)
class TypedRow:
    """A sentence that people wrote and that may need correcting, or was looked at: what was decided, by whom, when."""

    pk: int
    place: str
    says: str
    moved: str
    figure: str
    is_exempt: bool
    state: str
    should_read: str
    reason: str
    by: str
    on: date | None

    @property
    def is_waiting(self) -> bool:
        return self.state == TypedWords.State.WAITING

    @property
    def may_be_worded(self) -> bool:
        return self.state != TypedWords.State.WORDED


def typed_words_of(paper: Paper, *, with_exempt: bool = False) -> tuple[TypedRow, ...]:
    """
    The sentences that people wrote into a paper and that were looked at or wait to be, those first.

    One query, two where any was decided.
    """
    rows = TypedWords.objects.filter(paper=paper).select_related("correction__result__kpi")
    if not with_exempt:
        rows = rows.filter(audience=Audience.PUBLIC)
    found = list(rows.order_by("pk"))
    decided = [row.pk for row in found if row.state != TypedWords.State.WAITING]
    history = TypedWords.history.filter(id__in=decided, history_user__isnull=False)
    last = {each.id: each for each in history.select_related("history_user").order_by("history_date", "history_id")}
    shown = [_typed(row, last.get(row.pk)) for row in found]
    return tuple(sorted(shown, key=lambda row: not row.is_waiting))


def _typed(row: TypedWords, decided: Any) -> TypedRow:
    result = row.correction.result
    is_decided = decided is not None and row.state != TypedWords.State.WAITING
    return TypedRow(
        pk=row.pk,
        place=row.place.removeprefix("Typed words, "),
        says=row.says,
        moved=row.moved,
        figure=f"{result.kpi.code}, {month_long(Month(result.month))}",
        is_exempt=row.audience == Audience.EXEMPT,
        state=row.state,
        should_read=row.should_read,
        reason=row.reason,
        by=str(decided.history_user) if is_decided else "",
        on=timezone.localdate(decided.history_date) if is_decided else None,
    )


def errata_of(paper: Paper, *, with_exempt: bool = False) -> PaperErrata:
    """The errata that were found in a paper; those of its exempt part only where they are asked for. One query."""
    rows = Erratum.objects.filter(paper=paper).select_related("correction__result__kpi", "correction__corrected_by")
    if not with_exempt:
        rows = rows.filter(audience=Audience.PUBLIC)
    found = list(rows.order_by("pk"))
    last = {row.place: row.pk for row in found}
    return PaperErrata(
        tuple(_group(correction, own, last) for correction, own in groupby(found, key=lambda row: row.correction))
    )


def errata_found(paper: Paper, *, with_exempt: bool = False) -> QuerySet[Any, Any]:
    """Of each erratum its place, what is printed there and what should be, as they were found."""
    rows = Erratum.objects.filter(paper=paper)
    if not with_exempt:
        rows = rows.filter(audience=Audience.PUBLIC)
    return rows.order_by("pk").values_list("place", "printed", "should_read")


def standing_among(texts: Iterable[Any]) -> int:
    """How many numbers of a paper should read otherwise now, of its errata as :func:`errata_found` reads them."""
    now = {place: should_read != printed for place, printed, should_read in texts}
    return sum(now.values())


def may_have_errata(paper: Paper) -> bool:
    """Whether corrections can move anything in it: a paper of projects, and a slip, print no figures of KPIs."""
    return paper.kind in MOVABLE


def untold(paper: Paper, *, with_exempt: bool = False) -> int:
    """How many errata no issued paper has told yet; those of its exempt part where they are asked for."""
    to_tell = errata_for_slip(paper)
    return len(to_tell) if with_exempt else len(to_tell.public)


def _group(correction: Correction, rows: Iterable[Erratum], last: dict[str, int]) -> CorrectionGroup:
    result = correction.result
    return CorrectionGroup(
        number=correction.pk,
        figure=f"{result.kpi.code}, {month_long(Month(result.month))}",
        change=correction_in_words(correction),
        reason=correction.reason,
        by=str(correction.corrected_by or ""),
        on=timezone.localdate(correction.corrected_at),
        rows=_numbers_first(
            ErratumRow(
                pk=row.pk,
                place=row.place,
                printed=row.printed,
                should_read=row.should_read,
                because=row.because,
                is_exempt=row.audience == Audience.EXEMPT,
                is_current=last[row.place] == row.pk,
                stands_again=row.should_read == row.printed,
            )
            for row in rows
        ),
    )


def _numbers_first(rows: Iterable[ErratumRow]) -> tuple[ErratumRow, ...]:
    """Whole sentences after them, each in the order of the paper."""
    return tuple(sorted(rows, key=lambda row: max(len(row.printed), len(row.should_read)) > LONGEST_NUMBER))
