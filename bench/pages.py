"""The pages that are opened all day, beside an empty one, their own raw SQL and a stock Django admin list."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import count, cycle
from typing import Final

from django.db import connection

from bench import clock, people, plans, visits
from bench.goals import CPU, Part
from bench.shape import LAST_MONTH, Shape, reference
from contracts.models import Contract

EMPTY: Final = "empty page"
ADMIN: Final = "Django admin list of 100"
THREE_MONTHS: Final = "?from=2021-12&to=2022-02"
ANOTHER: Final = " of another contract each time"
AGAIN: Final = " opened again"
"""The same page of the same contract, of which nothing changed: what was judged is kept."""
CHANGED: Final = " after a change"
"""The same page once more, after something on it was changed by somebody else: nothing of it that is kept fits."""
TURNING: Final = 40
"""Contracts taken in turn: more than any process keeps a judgement of."""


@dataclass(frozen=True, slots=True)
class Page:
    """
    An address by the contract it is of, and who opens it; what is asked for in turn is asked of many contracts.
    ``before`` is done each time before it is opened.
    """

    address: str
    visitor: visits.Visitor
    turns: bool = False
    before: Callable[[], object] = lambda: None

    def of(self, contract: str) -> str:
        return self.address.format(contract=contract)


def measure(shape: Shape, rounds: int) -> Part:
    visits.add_an_empty_page()
    clerk, board, administrator = people.clerk(), people.board_member(shape), people.administrator()
    pages = {
        EMPTY: Page(visits.empty_page_of("{contract}"), clerk),
        "exceptions page" + AGAIN: Page("/contracts/{contract}/" + THREE_MONTHS, clerk),
        "exceptions page of a Board member" + AGAIN: Page("/contracts/{contract}/", board),
        "status matrix 45 × 13" + AGAIN: Page("/contracts/{contract}/kpis/", clerk),
        "all-contracts page" + AGAIN: Page("/", clerk),
        "all-contracts page" + CHANGED: Page("/", clerk, before=_renaming(reference(shape.contracts))),
        "page of a KPI": Page("/contracts/{contract}/kpis/KPI_03/", clerk),
        "reliefs": Page("/contracts/{contract}/reliefs/", clerk),
        "meetings": Page("/contracts/{contract}/meetings/", clerk),
        ADMIN: Page("/admin/projects/project/", administrator),
        "exceptions page" + ANOTHER: Page("/contracts/{contract}/" + THREE_MONTHS, clerk, turns=True),
        "status matrix 45 × 13" + ANOTHER: Page("/contracts/{contract}/kpis/", clerk, turns=True),
    }
    others = [reference(number) for number in range(2, min(shape.contracts, TURNING + 2))]
    raw = {name: own_sql(page, shape, others, pages[EMPTY]) for name, page in pages.items() if name.startswith("exc")}
    deeds = {name: clock.Deed(_opening(page, shape, others), page.before) for name, page in pages.items()}
    deeds |= {f"raw SQL of {name}": clock.Deed(_asking(statements)) for name, statements in raw.items()}
    took = clock.by_turns(deeds, rounds)
    empty = took[EMPTY]
    figures = {f"{name}, {CPU}": took[name].cpu / empty.cpu for name in pages if name != EMPTY}
    figures |= {
        f"{name}, wall ÷ (empty page + its raw SQL)": took[name].wall / (empty.wall + took[f"raw SQL of {name}"].wall)
        for name in raw
    }
    strays = {name: took[name.split(", ")[0]].spread for name in figures}
    ours = {name: page for name, page in pages.items() if name != ADMIN}
    queries = {name: len(page.visitor.queries_of(page.of(shape.usual))) for name, page in ours.items()}
    read = {name: plans.of(page.visitor.queries_of(page.of(shape.usual))) for name, page in ours.items()}
    direct = plans.direct_read(shape.usual, LAST_MONTH)
    exceptions = read["exceptions page" + AGAIN]
    figures |= {
        "results read for the exceptions page of 3 months, buffers ÷ a direct index read's": exceptions.of_results
        / direct,
        "sequential scans of results by any page": sum(each.sequential for each in read.values()),
    }
    details = {
        "milliseconds": clock.milliseconds(took),
        "wall ÷ empty page": {name: round(took[name].wall / empty.wall, 2) for name in pages if name != EMPTY},
        "queries": queries,
        "buffers": {name: each.as_json() for name, each in read.items()},
        "buffers of a direct index read of 3 months": direct,
        "bytes": {name: len(page.visitor.get(page.of(shape.usual)).content) for name, page in pages.items()},
    }
    return Part(figures, strays, details)


def own_sql(page: Page, shape: Shape, others: list[str], empty: Page) -> list[list[str]]:
    """The statements of a page that an empty one does not make; of a page asked for in turn those of each contract."""
    common = set(empty.visitor.queries_of(empty.of(shape.usual)))
    common |= set(page.visitor.queries_of(empty.of(shape.usual)))
    contracts = others if page.turns else [shape.usual]
    return [
        [each for each in page.visitor.queries_of(page.of(contract)) if each not in common and plans.is_read(each)]
        for contract in contracts
    ]


def _opening(page: Page, shape: Shape, others: Iterable[str]) -> Callable[[], object]:
    contracts = cycle(others if page.turns else [shape.usual])
    return lambda: visits.opened(page.visitor, page.of(next(contracts)))


def _renaming(contract: str) -> Callable[[], object]:
    """Another supplier each time, of a contract that no other page here is of."""
    numbers = count()

    def rename() -> None:
        Contract.objects.filter(reference=contract).update(supplier=f"Supplier {next(numbers)}")

    return rename


def _asking(statements: list[list[str]]) -> Callable[[], None]:
    """As the driver asks it, without Django."""
    sets = cycle(statements)

    def ask() -> None:
        with connection.connection.cursor() as cursor:
            for statement in next(sets):
                cursor.execute(statement)
                cursor.fetchall()

    return ask
