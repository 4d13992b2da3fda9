"""
The frozen paper: everything a board paper prints, worked out once, as nested values that never change.

Renderers read nothing else, so the same snapshot gives the same bytes. The JSON keys are fixed by the published
format; months are ``YYYY-MM``, dates ISO, everything measured a decimal string with its KPI's decimals, counts
integers.
"""

from reports.snapshot.codec import SCHEMA, fingerprint, from_json, to_dict, to_json
from reports.snapshot.issue import BoundTo, ExemptErratum, ExemptLine, ExemptText, RemarkLine, Words
from reports.snapshot.kpis import (
    AreaLine,
    CheckLine,
    DisputeLine,
    EarlierFailure,
    ExceptionLine,
    History,
    KpiChange,
    KpiLine,
    MonthCounts,
    ReliefLine,
    ResultLine,
    Review,
)
from reports.snapshot.paper import BoardPaper, ContractHead, ErratumLine, MeetingHead, RequestLine, SinceLast
from reports.snapshot.portfolio import (
    Fund,
    KeyChange,
    Money,
    Overspend,
    Plan,
    PlanLine,
    PlanMonths,
    PortfolioPart,
    ProjectNews,
    ProjectReport,
    ReportedMilestone,
    ReportedRebaseline,
    StageMoney,
    Sum,
    YearMoney,
)
from reports.snapshot.projects import KeyProject, MilestoneLine, NearMiss, ProjectException, ProjectLine, ProjectSection

__all__ = [
    "SCHEMA",
    "AreaLine",
    "BoardPaper",
    "BoundTo",
    "CheckLine",
    "ContractHead",
    "DisputeLine",
    "EarlierFailure",
    "ErratumLine",
    "ExceptionLine",
    "ExemptErratum",
    "ExemptLine",
    "ExemptText",
    "Fund",
    "History",
    "KeyChange",
    "KeyProject",
    "KpiChange",
    "KpiLine",
    "MeetingHead",
    "MilestoneLine",
    "Money",
    "MonthCounts",
    "NearMiss",
    "Overspend",
    "Plan",
    "PlanLine",
    "PlanMonths",
    "PortfolioPart",
    "ProjectException",
    "ProjectLine",
    "ProjectNews",
    "ProjectReport",
    "ProjectSection",
    "ReliefLine",
    "RemarkLine",
    "ReportedMilestone",
    "ReportedRebaseline",
    "RequestLine",
    "ResultLine",
    "Review",
    "SinceLast",
    "StageMoney",
    "Sum",
    "Words",
    "YearMoney",
    "fingerprint",
    "from_json",
    "to_dict",
    "to_json",
]
