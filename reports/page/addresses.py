"""Where the things on the page lead. Working an address out costs more than a row of a table, so each is done once."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final
from urllib.parse import quote

from django.urls import reverse

from contracts.rules.months import Month, month_key

STAND_IN: Final = "0"


@dataclass(frozen=True, slots=True)
class Addresses:
    """The pages of one contract that the exceptions page leads to."""

    kpi: Callable[[str], str]
    project: Callable[[str], str]
    relief: Callable[[str], str]
    area: Callable[[str], str]
    matrix: str
    register: str
    ask: str

    def standing(self, month: Month, status: str) -> str:
        """The KPIs that stood there in that month."""
        key = month_key(month)
        return f"{self.matrix}?from={key}&to={key}&status={status}"

    def month(self, month: Month) -> str:
        """All KPIs in force in that month."""
        key = month_key(month)
        return f"{self.matrix}?from={key}&to={key}"

    def ask_about(self, code: str, month: Month, rule: str) -> str:
        """Where a member asks about an exception."""
        return f"{self.ask}?kpi={quote(code)}&month={month_key(month)}&rule={rule}"


@lru_cache(maxsize=256)
def addresses_of(contract: str) -> Addresses:
    return Addresses(
        kpi=_of("kpis:kpi", contract),
        project=_of("projects:project", contract),
        relief=_of("kpis:relief", contract),
        area=_of("kpis:area", contract),
        matrix=reverse("kpis:matrix", args=[contract]),
        register=reverse("projects:register", args=[contract]),
        ask=reverse("reports:ask_question", args=[contract]),
    )


def _of(name: str, contract: str) -> Callable[[str], str]:
    before, _, after = reverse(name, args=[contract, STAND_IN]).rpartition(f"/{STAND_IN}/")
    return lambda code: f"{before}/{quote(code)}/{after}"
