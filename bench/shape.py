"""How much there is in the database that is measured, and the names by which the measurements find it."""

from dataclasses import dataclass
from datetime import date
from typing import Final

TODAY: Final = date(2022, 3, 14)
LAST_MONTH: Final = date(2022, 2, 1)
SEED: Final = 7
AREAS: Final = ("ACF", "CSC", "FA", "IMT", "PM")
KPIS_OF_A_CONTRACT: Final = 45
SHORT_REGISTER: Final = 150
UPDATES_OF_A_PROJECT: Final = 6


@dataclass(frozen=True, slots=True)
class Shape:
    """The last contract has the long register, every other one the short one; the first has one area with 45 KPIs."""

    contracts: int
    months: int
    long_register: int

    @property
    def results(self) -> int:
        return self.contracts * KPIS_OF_A_CONTRACT * self.months

    def projects(self, short: int) -> int:
        return (self.contracts - 1) * short + self.long_register

    @property
    def wide(self) -> str:
        """The contract whose one service area enters 45 KPIs, and whose last month is open."""
        return reference(1)

    @property
    def usual(self) -> str:
        """A contract like most: nine KPIs in each of its five areas, 150 projects."""
        return reference(2)

    @property
    def long(self) -> str:
        return reference(self.contracts)


FULL: Final = Shape(contracts=100, months=120, long_register=15_000)
SMALL: Final = Shape(contracts=10, months=36, long_register=1_500)


def reference(number: int) -> str:
    return f"B{number:03}"
