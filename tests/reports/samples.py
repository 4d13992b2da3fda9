"""The papers that renderers are tried on: quiet, troubled, empty, small, large and hostile ones."""

from dataclasses import fields, is_dataclass, replace
from datetime import date
from random import Random
from typing import Any, Final

from contracts.rules.months import month_key
from reports.snapshot import BoardPaper, CheckLine, DisputeLine, ErratumLine, KpiChange, RequestLine
from tests.reports.addendum_samples import addendum as addendum
from tests.reports.addendum_samples import quiet_addendum as quiet_addendum
from tests.reports.papers import AREAS, kpi, month, paper, relief
from tests.reports.portfolio import late_project, project, projects, section
from tests.reports.portfolio_samples import first_projects as first_projects
from tests.reports.portfolio_samples import many_projects as many_projects
from tests.reports.portfolio_samples import month_of_many as month_of_many
from tests.reports.portfolio_samples import month_of_none as month_of_none
from tests.reports.portfolio_samples import month_of_projects as month_of_projects
from tests.reports.portfolio_samples import no_projects as no_projects
from tests.reports.portfolio_samples import projects_paper
from tests.reports.written_words import written as written
from tests.reports.written_words import written_projects as written_projects

BEGIN: Final = month("2017-08")
REQUESTS: Final = (
    RequestLine(
        reference="R-2017-11",
        kind="request",
        raised_on=date(2017, 12, 21),
        raised_by="the Chairman",
        text="Say in the next report how many residents could not get through when the telephony platform failed.",
        owner="Contract manager",
        due_meeting=date(2018, 3, 29),
        status="open",
        answer="",
    ),
    RequestLine(
        reference="R-2017-12",
        kind="question",
        raised_on=date(2017, 12, 21),
        raised_by="",
        text="When does the Mosaic payroll link go live?",
        owner="Programme manager",
        due_meeting=None,
        status="answered",
        answer="Three weeks after the Agresso upgrade; see Appendix B.",
    ),
)
MOSAIC: Final = relief("REL-2017-03", "2017-10", None, "ACF_KPI_01", "ACF_KPI_02")
HOSTILE: Final = (
    '=HYPERLINK("http://evil.example";"x")',
    "+44 20 7946 0000",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1+1)",
    "\t=1+1",
    "\r\n=1+1",
    "<script>alert('x')</script> & <b>bold</b> \"quoted\" ]]> <!-- -->",
    "#set page(fill: red) *bold* _it_ $x^2$ @ref <label> \\ // /* `raw`",
    "emoji 🙂👩‍👩‍👧 flag 🇬🇧 CJK 漢字かな 한국어 Thai ภาษาไทย",
    "controls \x00\x01\x07\x08\x0b\x0c\x1b\x1f\x7f\x85 end",
    "bidi \u202eevil\u202c \u200f\u200e\u2066x\u2069 عربى עברית",
    "joiners a\u200bb\u200cc\u200dd\u2060e\ufeff combining e\u0301 Z\u0351\u036b\u0343",
    "private \ue000 \U000f0000 unassigned \u0378 nonchar \ufffe\uffff \U0001fffe tag \U000e0041",
    "one\ntwo\r\nthree\u2028four\u2029five\n\n\n\nsix",
    "{{ 7*7 }} {% for x in y %} ${x} %s {0}",
    "é à ü ß œ ½ ± × ÷ ≤ ≥ ≠ √ ∞ ◆ ● ▲ ■ ○ ◌ ✓ £ € – — ‘x’ “y” … •",
    "word" * 60,
    "",
    "   ",
)


CHECKS: Final = tuple(
    CheckLine(month(key), how, sample)
    for key, how, sample in (
        ("2017-08", "", None),
        ("2017-09", "", None),
        ("2017-10", "source seen", None),
        ("2017-11", "sample re-performed", 5),
        ("2017-12", "accepted as supplied", None),
        ("2018-01", "source seen", None),
    )
)


def small() -> BoardPaper:
    """Three KPIs, two projects, something of everything: for golden files."""
    histories = [
        kpi("ACF_KPI_01 ggarra", BEGIN, SMALL_RELIEF),
        kpi("CSC_KPI_04 grggar", BEGIN),
        kpi("IMT_KPI_05 gggrgG", BEGIN, is_explained=False),
    ]
    bare = paper(
        histories,
        SMALL_RELIEF,
        requests=REQUESTS,
        projects=section([late_project("P001", key_rank=1, rationale="Payroll waits for it."), project("P002")]),
        kpi_changes=(
            KpiChange(
                "FA_KPI_01",
                "Undisputed invoices paid within 30 days",
                "retargeted",
                month("2017-12"),
                "Target at least 92%, minimum at least 88%; before, at least 95% and at least 90%.",
                "Reduced slightly by agreement.",
            ),
        ),
        errata=(
            ErratumLine("Addendum of 26 October 2017, June 2017, target met", "29", "30", "One KPI was counted twice."),
        ),
    )
    care, *others = bare.areas
    return replace(bare, areas=(replace(care, checks=CHECKS), *others))


SMALL_RELIEF: Final = relief("REL-2017-03", "2017-10", None, "ACF_KPI_01")


DISPUTES: Final = {
    "2017-09": DisputeLine(
        "not upheld", "Two weekends were counted that the contract leaves out.", "9.40%",
        "The contract leaves out bank holidays only.", date(2017, 11, 6), date(2017, 11, 20),
    ),
    "2017-12": DisputeLine(
        "upheld", "A day of the log was counted twice", "", "The log bears this out", date(2018, 1, 12),
        date(2018, 2, 1),
    ),
    "2018-01": DisputeLine(
        "open", "The council's own exchange cut these calls off.\nIts log was sent on 5 February.", "6.31%", "",
        date(2018, 2, 20), None,
    ),
}  # fmt: skip


def disputed() -> BoardPaper:
    """The small paper with three figures of one KPI disputed: an answer against it, one for it, and none yet."""
    bare = small()
    return replace(
        bare,
        areas=tuple(replace(area, kpis=tuple(map(_disputed, area.kpis))) for area in bare.areas),
        exceptions=tuple(map(_disputed, bare.exceptions)),
    )


def _disputed(line: Any) -> Any:
    if line.kpi != "CSC_KPI_04":
        return line
    return replace(
        line, results=tuple(replace(each, dispute=DISPUTES.get(month_key(each.month))) for each in line.results)
    )


def nothing_failed() -> BoardPaper:
    """41 KPIs, two of them under relief, two failures before the review period, 150 projects: as in March 2018."""
    rows = [f"{area}_KPI_{number:02} gggggg" for area, count in _sizes(41) for number in range(1, count + 1)]
    misses = {
        "ACF_KPI_01": "ggaara",
        "ACF_KPI_02": "ggrrar",
        "CSC_KPI_04": "ggrggg".replace("r", "g", 1).replace("ggg", "grg", 1),
        "IMT_KPI_05": "grgggg",
    }
    rows = [f"{code} {misses.get(code, letters)}" for code, letters in map(str.split, rows)]
    histories = [kpi(row, BEGIN, MOSAIC) for row in rows]
    return paper(histories, MOSAIC, requests=REQUESTS, projects=section(projects(150)), has_illustrative=True)


def many_failures() -> BoardPaper:
    """Every rule and state, provisional months, two reliefs of which one is blanket."""
    blanket = relief("REL-2017-09", "2018-01", "2018-01", narrative="Snow closed the offices for a week.")
    granted = (MOSAIC, blanket)
    rows = [
        "ACF_KPI_01 gaarra",
        "ACF_KPI_02 ggggga",
        "ACF_KPI_03 gggnnn",
        "CSC_KPI_01 ggaarr",
        "CSC_KPI_02 rrrrrr",
        "CSC_KPI_03 ggrggg",
        "CSC_KPI_04 gggraR",
        "CSC_KPI_05 ggr---",
        "FA_KPI_01 gaaaaa",
        "FA_KPI_02 rgrgrg",
        "IMT_KPI_01 gggggn",
        "IMT_KPI_05 gggarG",
        "IMT_KPI_06 ggg-rA",
        "PM_KPI_01 ggrggg",
        "PM_KPI_02 ------",
    ]
    excused = {"ACF", "PM"}
    histories = [
        kpi(row, BEGIN, *(granted if row.split("_")[0] in excused else (MOSAIC,)), is_explained="IMT" not in row)
        for row in rows
    ]
    return paper(
        histories, *granted, requests=REQUESTS, projects=section(projects(40), key_decided_on=date(2018, 3, 1))
    )


def empty() -> BoardPaper:
    """A contract of which nothing is known yet."""
    return paper([])


def without_meeting() -> BoardPaper:
    """A period judged without a meeting."""
    base = small()
    nowhere = type(base.meeting)("", None, None, None, None, None, None, None)
    return replace(base, meeting=nowhere, since_last=replace(base.since_last, last_meeting_on=None))


def long_history() -> BoardPaper:
    """36 months, the most a paper shows, with a quarterly KPI and a level that changed."""
    begin = month("2015-02")
    rows = ["CSC_KPI_01 " + "g" * 33 + "rar", "IMT_KPI_05 " + "ga" * 18]
    quarterly = kpi("PM_KPI_06 " + "g" * 34 + "rr", begin, due_months=frozenset({3, 6, 9, 12}))
    return paper([*(kpi(row, begin) for row in rows), quarterly], history=("2015-02", "2018-01"))


def large() -> BoardPaper:
    """200 KPIs and 1,500 projects."""
    chance = Random(2)
    histories = [
        kpi(f"{area}_KPI_{number:02} {''.join(chance.choices('gar-n', [60, 4, 3, 1, 1], k=6))}", BEGIN)
        for area, count in _sizes(200)
        for number in range(1, count + 1)
    ]
    return paper(histories, requests=REQUESTS, projects=section(projects(1500)))


def hostile() -> BoardPaper:
    """Every text of a paper replaced by something that breaks somebody's program."""
    texts = iter(HOSTILE * 1000)
    changed: BoardPaper = _with_texts(many_failures(), texts)
    return changed


def board_projects() -> BoardPaper:
    """The projects paper with one project of each kind: for golden files."""
    return replace(projects_paper(), requests=REQUESTS)


def hostile_projects() -> BoardPaper:
    changed: BoardPaper = _with_texts(board_projects(), iter(HOSTILE * 1000))
    return changed


def hostile_addendum() -> BoardPaper:
    changed: BoardPaper = _with_texts(addendum(), iter(HOSTILE * 1000))
    return changed


def hostile_month() -> BoardPaper:
    changed: BoardPaper = _with_texts(month_of_projects(), iter(HOSTILE * 1000))
    return changed


KEPT: Final = frozenset(
    {
        "kind",
        "status",
        "unit",
        "polarity",
        "rule",
        "state",
        "measured",
        "contractual",
        "stage",
        "relief",
        "value",
        "target",
    }
    | {"minimum", "declared_confidence", "computed_confidence", "slippage_weeks_original", "slippage_percent", "change"}
    | {"numerator", "denominator", "kpi", "kpis", "reference"}
    | {"rating", "amount", "budget", "forecast_cost", "spent_to_date", "funding", "left", "forecast_over"}
    | {"forecast_percent", "spent_over", "year", "service_area"}
)


def _with_texts(value: Any, texts: Any) -> Any:
    if isinstance(value, str):
        return next(texts)
    if isinstance(value, tuple):
        return tuple(_with_texts(item, texts) for item in value)
    if is_dataclass(value) and not isinstance(value, type):
        changes = {
            field.name: _with_texts(getattr(value, field.name), texts)
            for field in fields(value)
            if field.name not in KEPT
        }
        return replace(value, **changes)
    return value


def _sizes(total: int) -> list[tuple[str, int]]:
    """The KPIs of each service area, so that they add up."""
    shares = {area: total * weight // 41 for area, weight in zip(AREAS, (7, 9, 6, 12, 7), strict=True)}
    shares["PM"] += total - sum(shares.values())
    return list(shares.items())
