"""Papers that went to the clerk, and corrections of the figures behind them."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from contracts.models import Person
from contracts.rules.months import parse_month
from kpis.models import Correction, Kpi, Result
from kpis.queries.corrected import latest_correction
from kpis.services.corrections import NOTHING, correction_of, figure_of
from reports.models import FrozenPaper, FrozenSnapshot, Paper
from reports.models.paper import Audience
from reports.render.names import stem
from reports.render.words import document
from reports.snapshot import BoardPaper, fingerprint, from_json, to_json

AT = datetime(2018, 4, 9, 10, tzinfo=UTC)
REASON = "Ten calls were counted twice."


def issue(
    paper: Paper, by: Person, status: str = "published", exempt: BoardPaper | None = None, *, is_noted: bool = True
) -> Paper:
    """The paper as the clerk got it, its files left aside; ``is_noted``: which correction was the last it knows of."""
    if is_noted and paper.last_correction is None:
        paper.last_correction = latest_correction(paper.contract)
        paper.save(update_fields=["last_correction"])
    halves = {Audience.PUBLIC: from_json(paper.snapshot)} | ({Audience.EXEMPT: exempt} if exempt else {})
    for audience, half in halves.items():
        text = to_json(half)
        frozen = FrozenPaper.objects.create(
            paper=paper,
            audience=audience,
            title=document(half).title,
            address=f"{stem(half)}-{paper.pk}",
            sha256=fingerprint(text),
            frozen_at=datetime(2018, 3, 20, 9, tzinfo=UTC),
            frozen_by=by,
        )
        FrozenSnapshot.objects.create(frozen=frozen, text=text)
    paper.status = status
    paper.save(update_fields=["status"])
    return paper


def correct(
    kpi: Kpi, month: str, by: Person | None = None, reason: str = REASON, at: datetime = AT, **figure: Any
) -> Correction:
    """Another figure for a month that was verified: a value, a rate, or the reason why there is none."""
    found = Result.objects.filter(kpi=kpi, month=parse_month(month)).first()
    result = found or Result(kpi=kpi, month=parse_month(month), is_shared=True)
    before = figure_of(result) if found else NOTHING
    for name, value in _figure(figure).items():
        setattr(result, name, value)
    result.save()
    made = correction_of(result, before, reason=reason, by=by, at=at)
    assert made is not None, "nothing was changed"
    made.save()
    return made


def _figure(figure: Mapping[str, Any]) -> dict[str, Any]:
    whole = {"value": None, "numerator": None, "denominator": None, "not_measured_reason": "", **figure}
    return {name: Decimal(value) if isinstance(value, int | str) and name != "not_measured_reason" else value
            for name, value in whole.items()}  # fmt: skip


def day(text: str) -> date:
    return date.fromisoformat(text)
