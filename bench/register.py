"""
What the project register, its timeline and its forward plan cost with 15,000 projects beside 150, and a project's page.

Each page is asked for in turn, so that a neighbour's load falls on all of them alike.
"""

from collections.abc import Callable
from typing import Any, Final

from bench import clock, people, visits
from bench.goals import CPU, Part
from bench.shape import TODAY, Shape

EMPTY: Final = "empty page"
ADMIN: Final = "Django admin list of 100"
QUESTIONS: Final = {
    "register": "",
    "register sorted by days late": "?sort=-days_late",
    "register filtered": "?q=payroll&stage=in+flight",
    "register, overdue": "?attention=overdue",
    "register, third page": "?page=3",
    "timeline of those in flight": "timeline/?stage=in+flight",
    "timeline of all": "timeline/?show=all",
    "plan": "plan/",
    "page of a project": "P00001/",
}


def measure(shape: Shape, rounds: int) -> Part:
    visits.add_an_empty_page()
    clerk, administrator = people.clerk(), people.administrator()
    sizes = {"150": shape.usual, "15,000": shape.long}
    pages = {
        f"{name} of {size}": f"/contracts/{contract}/projects/{question}"
        for name, question in QUESTIONS.items()
        for size, contract in sizes.items()
    }
    deeds = {name: clock.Deed(_opening(clerk, address)) for name, address in pages.items()}
    deeds[EMPTY] = clock.Deed(_opening(clerk, visits.empty_page_of(shape.usual)))
    deeds[ADMIN] = clock.Deed(_opening(administrator, "/admin/projects/project/"))
    took = clock.by_turns(deeds, rounds)
    few, many, empty = took["register of 150"], took["register of 15,000"], took[EMPTY]
    figures = {
        f"register, 50 of 15,000 projects, {CPU}": many.cpu / empty.cpu,
        "register, 15,000 ÷ 150 projects, CPU": many.cpu / few.cpu,
        "register, 15,000 ÷ 150 projects, wall": many.wall / few.wall,
        f"timeline of those in flight of 150 projects, {CPU}": took["timeline of those in flight of 150"].cpu
        / empty.cpu,
        f"page of a project, {CPU}": took["page of a project of 150"].cpu / empty.cpu,
    }
    queries = {name: len(clerk.queries_of(address)) for name, address in pages.items()}
    figures["queries more of 15,000 projects than of 150"] = max(
        queries[f"{name} of 15,000"] - queries[f"{name} of 150"] for name in QUESTIONS
    )
    details = {
        "milliseconds": clock.milliseconds(took),
        CPU: {name: round(each.cpu / empty.cpu, 2) for name, each in took.items() if name != EMPTY},
        "15,000 ÷ 150, CPU": {
            name: round(took[f"{name} of 15,000"].cpu / took[f"{name} of 150"].cpu, 2) for name in QUESTIONS
        },
        "queries": queries,
        "plans": plans(shape),
    }
    return Part(figures, dict.fromkeys(figures, many.spread), details)


def plans(shape: Shape) -> dict[str, list[str]]:
    """How PostgreSQL reads a page of the large register, and counts it."""
    from contracts.models import Contract
    from projects.queries import RegisterQuestion, rows_asked_for

    rows = rows_asked_for(Contract.objects.get(reference=shape.long), TODAY, RegisterQuestion())
    return {
        "first page": rows[:50].explain(analyze=True, buffers=True).splitlines(),
        "by days late": rows.order_by("-days_late")[:50].explain(analyze=True, buffers=True).splitlines(),
    }


def _opening(visitor: visits.Visitor, address: str) -> Callable[[], Any]:
    return lambda: visits.opened(visitor, address)
