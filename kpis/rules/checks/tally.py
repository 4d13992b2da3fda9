"""How far a return has come, counted from its rows: nobody types a count."""

from collections.abc import Iterable
from dataclasses import dataclass

from kpis.rules.checks.rows import FIGURES, Checked, Typed


@dataclass(frozen=True, slots=True)
class Tally:
    """Of the KPIs in force, how many have something said of them; misses unexplained, figures that are wrong."""

    in_force: int
    entered: int
    unexplained: int
    wrong: int

    @property
    def words(self) -> str:
        """9 of 12 entered · 1 miss unexplained"""
        parts = [f"{self.entered} of {self.in_force} entered"]
        if self.unexplained:
            parts.append(f"{self.unexplained} {'miss' if self.unexplained == 1 else 'misses'} unexplained")
        if self.wrong:
            parts.append(f"{self.wrong} {'figure' if self.wrong == 1 else 'figures'} to mend")
        return " · ".join(parts)


def tally(rows: Iterable[tuple[Typed, Checked]]) -> Tally:
    """Counts rows as typed and as checked."""
    rows = list(rows)
    return Tally(
        in_force=len(rows),
        entered=sum(typed.says_something for typed, _ in rows),
        unexplained=sum(checked.is_missed and not checked.is_explained for _, checked in rows),
        wrong=sum(
            typed.says_something and any(error.field in FIGURES for error in checked.errors) for typed, checked in rows
        ),
    )
