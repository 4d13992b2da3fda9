"""KPI codes. Papers print `CSC KPI04`, `CSC_KPI04` and `csc kpi 4` for one KPI: all of them become `CSC_KPI_04`."""

import re
from typing import Final

GAP: Final = r"[\s_.\-\u2010-\u2015]*"
PRINTED: Final = re.compile(rf"\s*([A-Za-z][A-Za-z0-9]*?){GAP}[Kk][Pp][Ii]{GAP}([0-9]{{1,4}})\s*")


class CodeNotUnderstood(ValueError):
    """The text is not a KPI code in any of the spellings that papers use."""

    def __init__(self, text: str) -> None:
        super().__init__(f"“{text}” is not a KPI code: write a service area, KPI and a number, as in CSC_KPI_04.")
        self.text = text


def normalise_code(text: str) -> str:
    """`CSC_KPI_04` from any printed spelling: case, separators and leading zeros do not matter."""
    printed = PRINTED.fullmatch(text)
    if printed is None:
        raise CodeNotUnderstood(text)
    area, number = printed.groups()
    return f"{area.upper()}_KPI_{int(number):02}"


def code_order(code: str) -> tuple[tuple[str, int], ...]:
    """A sort key that puts `CSC_KPI_9` before `CSC_KPI_10` and `CSC_KPI_100` after `CSC_KPI_99`."""
    return tuple((text, int(digits or 0)) for text, digits in re.findall(r"([^0-9]*)([0-9]*)", code))
