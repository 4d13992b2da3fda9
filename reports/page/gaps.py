"""Where there is no figure: not measured with its reason, or missing without a word. What is said of several at once
is said once."""

from collections.abc import Sequence
from dataclasses import dataclass

from reports.page.addresses import Addresses
from reports.render.words.phrases import months_in_words
from reports.snapshot import ExceptionLine


@dataclass(frozen=True, slots=True)
class Gap:
    """KPIs without a figure for the same months and the same reason: what was said of the last such month.

    ``kpis`` are (code, name, address).
    """

    rule: str
    run: str
    months: str
    why: str
    kpis: tuple[tuple[str, str, str], ...]


def gaps_of(lines: Sequence[ExceptionLine], addresses: Addresses) -> tuple[Gap, ...]:
    alike: dict[tuple[str, str, str, str], list[ExceptionLine]] = {}
    for line in lines:
        why = line.cause or ("no figure and no reason yet" if line.rule == "missing" else "no reason given")
        alike.setdefault((line.rule, line.run, months_in_words(line.months), why), []).append(line)
    return tuple(
        Gap(*what, tuple((line.kpi, line.name, addresses.kpi(line.kpi)) for line in own))
        for what, own in alike.items()
    )  # fmt: skip
