"""What is to hold: each goal names the figure it is about, what it may be at most or at least, and how it is told."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final


@dataclass(frozen=True, slots=True)
class Part:
    """What one part of the run found: figures by name, how far each strays as a part of it, and what lies behind."""

    figures: Mapping[str, float]
    strays: Mapping[str, float]
    details: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Goal:
    figure: str
    """Its name, the same in every run."""
    most: float | None = None
    least: float | None = None
    unit: str = ""

    def is_met(self, found: float) -> bool:
        return (self.most is None or found <= self.most) and (self.least is None or found >= self.least)

    @property
    def told(self) -> str:
        sign, bound = ("≤", self.most) if self.most is not None else ("≥", self.least)
        return f"{sign} {bound:g}{' ' + self.unit if self.unit else ''}"


CPU: Final = "CPU ÷ empty page"
QUERIES_AT_MOST: Final = 8
GOALS: Final = (
    Goal(f"exceptions page of another contract each time, {CPU}", most=4),
    Goal(f"exceptions page opened again, {CPU}", most=4),
    Goal("exceptions page of another contract each time, wall ÷ (empty page + its raw SQL)", most=3),
    Goal("exceptions page opened again, wall ÷ (empty page + its raw SQL)", most=3),
    Goal("results read for the exceptions page of 3 months, buffers ÷ a direct index read's", most=2),
    Goal("sequential scans of results by any page", most=0),
    Goal(f"status matrix 45 × 13 of another contract each time, {CPU}", most=3.5),
    Goal(f"status matrix 45 × 13 opened again, {CPU}", most=3.5),
    Goal(f"all-contracts page after a change, {CPU}", most=4),
    Goal(f"all-contracts page opened again, {CPU}", most=4),
    Goal(f"register, 50 of 15,000 projects, {CPU}", most=4),
    Goal("register, 15,000 ÷ 150 projects, CPU", most=1.15),
    Goal("register, 15,000 ÷ 150 projects, wall", most=1.15),
    Goal(f"timeline of those in flight of 150 projects, {CPU}", most=4),
    Goal(f"page of a project, {CPU}", most=4),
    Goal(f"return form of 45 KPIs, GET, {CPU}", most=4),
    Goal("return form of 45 KPIs, POST, CPU ÷ a POST that makes one versioned UPDATE with audit", most=6),
    Goal("return form of 45 KPIs, POST, CPU ÷ the bare UPDATE with audit, without a request", most=6),
    Goal("queries of the page that asks most", most=QUERIES_AT_MOST),
    Goal("queries more of 45 KPIs and 150 projects than of one", most=0),
    Goal("queries more of 100 contracts than of two", most=0),
    Goal("queries more of 15,000 projects than of 150", most=0),
    Goal("import of 54,000 results from .xlsx, CPU ÷ bare read", most=6),
    Goal("import of 54,000 results from .xlsx, wall with the database's ÷ bare read", most=6),
    Goal("import of 540,000 results from CSV, rows/s ÷ COPY and upsert", least=0.2),
    Goal("import of 540,000 results, memory", most=400, unit="MB"),
    Goal("paper of 45 KPIs and 150 projects in all formats, worker time", most=3, unit="s"),
    Goal("paper of 45 KPIs and 150 projects in all formats, memory", most=300, unit="MB"),
    Goal("page weight, requests", most=8),
    Goal("page weight, compressed, cold", most=100, unit="kB"),
    Goal("ready in Chromium ÷ Django admin's list", most=1.5),
    Goal("web worker memory ÷ bare Django project's", most=1.5),
    Goal("cold start ÷ bare Django project's", most=1.5),
)


def judged(parts: Mapping[str, Part]) -> list[dict[str, Any]]:
    """Every goal as a row; one whose part was not run has no figure and is not judged."""
    figures = {name: found for part in parts.values() for name, found in part.figures.items()}
    counted = [number for part in parts.values() for number in part.details.get("queries", {}).values()]
    if counted:
        figures["queries of the page that asks most"] = max(counted)
    strays = {name: found for part in parts.values() for name, found in part.strays.items()}
    rows = []
    for goal in GOALS:
        found = figures.get(goal.figure)
        rows.append(
            {
                "what": goal.figure,
                "goal": goal.told,
                "figure": None if found is None else round(found, 3),
                "strays": round(strays.get(goal.figure, 0.0), 3),
                "met": None if found is None else goal.is_met(found),
            }
        )
    return rows
