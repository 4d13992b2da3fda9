"""
What of a paper may be kept from the public, and on what ground: the law's seven paragraphs, and the parts of a paper.

Under section 100A of the Local Government Act 1972 the public may be kept from what Part 1 of Schedule 12A describes,
where withholding it serves the public better than disclosing it. Only whole parts are withheld: a single figure taken
out could be worked out from the totals that stay. Sections that print the same data are one part, so that nothing of a
part is left behind in another section.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

PARAGRAPHS: Final[Mapping[int, str]] = {
    1: "about an individual",
    2: "likely to show who an individual is",
    3: "about the financial or business affairs of anybody, the council among them",
    4: "about negotiations or consultations with the council’s own staff",
    5: "covered by legal professional privilege",
    6: "about a notice, an order or a direction that the council means to give",
    7: "about preventing, investigating or prosecuting crime",
}
"""What each paragraph of Part 1 of Schedule 12A covers, in short and in our own words."""


@dataclass(frozen=True, slots=True)
class Part:
    """What is withheld together: its key, what it is called, and its sections by key with their plain titles."""

    key: str
    title: str
    sections: tuple[tuple[str, str], ...]

    @property
    def section_keys(self) -> frozenset[str]:
        return frozenset(key for key, _ in self.sections)


REQUESTS: Final = Part("requests", "Open requests of the Board", (("requests", "Open requests of the Board"),))
IMPLICATIONS: Final = Part("implications", "Implications", (("implications", "Implications"),))
CONSULTATION: Final = Part("consultation", "Consultation", (("consultation", "Consultation"),))
KPIS: Final = Part(
    "kpis",
    "Everything about KPIs",
    (
        ("months", "Month by month"),
        ("exceptions", "Exceptions"),
        ("reliefs", "Mitigation relief"),
        ("changes", "KPI changes"),
        ("errata", "Corrections to earlier papers"),
        ("results", "Results by service area"),
    ),
)
PROJECTS: Final = Part(
    "projects",
    "Everything about projects",
    (
        ("attention", "Projects that need attention"),
        ("key", "Key projects"),
        ("projects", "All projects"),
    ),
)
MONEY: Final = Part("money", "Money against the yearly funding", (("money", "Money against the yearly funding"),))
PORTFOLIO: Final = Part(
    "projects",
    "Everything about projects, their money included",
    (
        ("numbers", "The portfolio in numbers"),
        ("news", "What changed since the last paper"),
        ("attention", "Projects that need attention"),
        ("key", "Key projects"),
        ("plan", "Forward plan"),
        ("money", "Money against the yearly funding"),
        ("plan-items", "Forward plan by month"),
        ("projects", "All active projects"),
    ),
)
CORRECTIONS: Final = Part("errata", "Corrections to earlier papers", (("errata", "Corrections to earlier papers"),))
WHAT_SHOULD_READ: Final = Part("errata", "What should read otherwise", (("errata", "What should read otherwise"),))
NEW_MONTHS: Final = Part(
    "kpis",
    "Everything about KPIs",
    (("changed", "What changed since the report"), *KPIS.sections),
)
PARTS_OF: Final[Mapping[str, tuple[Part, ...]]] = {
    "report": (REQUESTS, KPIS, PROJECTS, IMPLICATIONS, CONSULTATION),
    "addendum": (CORRECTIONS, NEW_MONTHS, IMPLICATIONS, CONSULTATION),
    "projects": (REQUESTS, MONEY, PORTFOLIO, IMPLICATIONS, CONSULTATION),
    "erratum": (WHAT_SHOULD_READ,),
}
"""The parts of each kind of paper, the wider after the narrower. An operational report is no paper of the Board."""

EXEMPT_ERRATA: Final = ("exempt-errata", "Corrections to what is not for publication")
"""Key and title of a section that is withheld by itself: what it corrects stands in an exempt part alone."""
EXEMPT_APPENDIX: Final = "exempt-appendix"
MOST_APPENDICES: Final = 9
"""So many appendices people may write for one exempt part."""


def appendix_key(number: int) -> str:
    """`exempt-appendix-2`"""
    return f"{EXEMPT_APPENDIX}-{number}"


def appendix_title(number: int, of: int) -> str:
    """What the public paper calls it: an own title could say too much."""
    return "Exempt appendix" if of == 1 else f"Exempt appendix {number}"


def parts_of(kind: str) -> tuple[Part, ...]:
    return PARTS_OF.get(kind, ())


def part_called(kind: str, key: str) -> Part | None:
    return next((part for part in parts_of(kind) if part.key == key), None)


def paragraphs_in_words(numbers: Iterable[int]) -> str:
    """`paragraph 3 of Part 1 of Schedule 12A to the Local Government Act 1972`, or several of them."""
    named = [str(number) for number in sorted(set(numbers))]
    *first, last = named
    listed = f"paragraphs {', '.join(first)} and {last}" if first else f"paragraph {last}"
    return f"{listed} of Part 1 of Schedule 12A to the Local Government Act 1972"
