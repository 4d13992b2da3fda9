"""
The front of the paper, for the page that is opened all day: everything but its appendices, in three readings.

It is the paper of the same period, line for line; only the results of every KPI, the key projects and the register of
all projects are left out, and are not read.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from contracts.models import Contract
from contracts.rows import KEPT, Found, Row, Wanted, read
from contracts.rules.months import Month
from kpis.queries.span import Span, judge_span, wanted_terms
from kpis.rules.status import is_disputed
from projects.queries import thresholds_of
from projects.queries.attention import Asked, judge_attention, wanted_attention
from reports import snapshot
from reports.build.assembly import Known, assemble, first_month_read
from reports.build.occasion import Occasion, Settled, judge_occasion, wanted_occasion
from reports.build.projects import attention_section


@dataclass(frozen=True, slots=True, eq=False)
class Front:
    """
    A paper of which ``areas`` are names only, and ``projects`` lists neither key projects nor the register.

    ``awaited``: by KPI and month, until when the supplier was asked to explain a result of the months shown.
    ``disputed`` counts the figures of these months that the supplier disputes.
    """

    paper: snapshot.BoardPaper
    occasion: Occasion
    awaited: Mapping[tuple[str, Month], date]
    disputed: int


@dataclass(frozen=True, slots=True)
class _Question:
    """What was asked: nothing but this and what is found decides the answer."""

    settled: Settled
    asked: tuple[Month, Month] | None
    on: date


def load_front(contract: Contract, asked: tuple[Month, Month] | None, *, on: date) -> Front:
    """
    The months asked for, else those of the coming paper, as things are known on the day ``on``.

    Each reading sees one state of the database, and everything counted of KPIs comes from one of them. It is read every
    time; while it comes out the same, the front judged from it the last time is handed back. Raises
    :class:`reports.rules.review.NothingVerified` where no months are asked for and none are verified.
    """
    return load_front_beside(contract, asked, lambda told_on: (), on=on)[0]


def load_front_beside(
    contract: Contract,
    asked: tuple[Month, Month] | None,
    others: Callable[[date | None], Sequence[Wanted]],
    *,
    on: date,
) -> tuple[Front, tuple[list[Row], ...]]:
    """
    The same, with the rows of other tables, which nothing of the front depends on, read in its last statement.

    ``others`` is told on which day the Board last met.
    """
    question = _Question(Settled.of(contract), asked, on)
    meetings = read(*wanted_occasion(contract.pk, asked, on))
    occasion = judge_occasion(question.settled, asked, on, meetings)
    span = _span(contract, occasion)
    terms = read(*wanted_terms(span))
    beside = others(occasion.earlier.last_on)
    wanted = (judge_span(span, terms).wanted_before(), *wanted_attention(Asked(contract.pk, on, occasion.told_on)))
    rest = read(*wanted, *beside)
    front = _judge(question, meetings, terms, rest.part(0, len(wanted)))
    return front, rest.part(len(wanted)).tables


@lru_cache(maxsize=KEPT)
def _judge(question: _Question, meetings: Found, terms: Found, rest: Found) -> Front:
    contract, on = question.settled.contract, question.on
    occasion = judge_occasion(question.settled, question.asked, on, meetings)
    judged = judge_span(_span(contract, occasion), terms)
    results, *portfolio = rest.tables
    attention = judge_attention(
        Asked(contract.pk, on, occasion.told_on), thresholds_of(contract), contract.silent_days, *portfolio
    )
    register = judged.register(results)
    known = Known(
        review=occasion.review,
        earlier=occasion.earlier,
        meeting=occasion.meeting,
        register=register,
        corrected=judged.corrected,
        projects=attention_section(attention),
        requests=occasion.requests,
        areas=tuple(snapshot.AreaLine(area.code, area.name, ()) for area in register.areas),
        has_illustrative_projects=attention.has_illustrative,
    )
    shown_from = occasion.review.history_from
    disputed = sum(
        is_disputed(each) for history in register.histories for each in history.judgements if each.month >= shown_from
    )
    return Front(assemble(contract, known, on=on), occasion, judged.awaited, disputed)


def _span(contract: Contract, occasion: Occasion) -> Span:
    review = occasion.review
    return Span(contract.pk, occasion.kpis, first_month_read(review), review.last, review.first)
