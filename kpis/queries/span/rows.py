"""From the rows as they were read to what the rules judge: terms, disputes, results by month."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from contracts.rows import Row, figure, local_day, month, month_or_none
from contracts.rules.months import Month
from kpis.queries.columns import terms_of
from kpis.queries.registers import Area
from kpis.rules import status
from kpis.rules.disputes import Dispute, State

Cells = dict[int, dict[Month, Row]]


def cells_of(results: Iterable[Row]) -> Cells:
    cells: defaultdict[int, dict[Month, Row]] = defaultdict(dict)
    for row in results:
        cells[row[0]][month(row[1])] = row
    return cells


def disputes_of(rows: Iterable[Row]) -> defaultdict[int, defaultdict[Month, list[Dispute]]]:
    """By KPI and month, oldest first."""
    disputes: defaultdict[int, defaultdict[Month, list[Dispute]]] = defaultdict(lambda: defaultdict(list))
    for kpi, at, pk, state, note, claimed, answer, raised, settled, *stood in sorted(rows, key=lambda row: row[2]):
        *figures, reason = stood
        value, numerator, denominator = map(figure, figures)
        disputes[kpi][month(at)].append(
            Dispute(
                pk=pk,
                state=State(state),
                note=note,
                claimed=claimed,
                answer=answer,
                raised_on=local_day(raised),
                settled_on=local_day(settled) if settled else None,
                disputed=(value, numerator, denominator, reason),
            )
        )
    return disputes


def states_of(returns: Iterable[Row]) -> dict[tuple[int, Month], str]:
    return {(area, month(at)): state for area, at, state in returns}


def terms_of_rows(kpis: Sequence[Row], levels: Iterable[Row], areas: Sequence[Area]) -> dict[int, status.KpiTerms]:
    by_kpi: defaultdict[int, list[status.Level]] = defaultdict(list)
    for kpi, effective_from, target, minimum, reason, agreed_by in sorted(levels, key=lambda row: row[1]):
        by_kpi[kpi].append(
            status.Level(month(effective_from), figure(target), figure(minimum), reason, agreed_by)  # type: ignore[arg-type]
        )
    place = {area.pk: (number, area.code) for number, area in enumerate(areas)}
    return {
        pk: terms_of(
            code=code,
            area=place[area][1],
            name=name,
            unit=unit,
            polarity=polarity,
            decimals=decimals,
            in_force_from=month(begins),
            in_force_to=month_or_none(ends),
            due_mask=mask,
            levels=by_kpi[pk],
            definition=definition,
            end_reason=end_reason,
        )
        for pk, area, code, name, definition, unit, polarity, decimals, begins, ends, mask, end_reason in sorted(
            kpis, key=lambda row: (place[row[1]][0], row[2])
        )
    }
