"""Writes about what a KPI is, and why they are refused."""

from kpis.services.definitions.changes import Agreement, NewKpi, add_kpi, end_kpi, set_level
from kpis.services.definitions.refusals import (
    AreaOfAnotherContract,
    CodeTaken,
    DefinitionRefused,
    EndsBeforeItBegins,
    EndsThenAlready,
    LevelImpossible,
    LevelOutsideLife,
    NothingSaid,
    NotYoursToDefine,
    ReportedAfterwards,
    SameLevel,
    VerifiedMonthsTouched,
)

__all__ = [
    "Agreement",
    "AreaOfAnotherContract",
    "CodeTaken",
    "DefinitionRefused",
    "EndsBeforeItBegins",
    "EndsThenAlready",
    "LevelImpossible",
    "LevelOutsideLife",
    "NewKpi",
    "NotYoursToDefine",
    "NothingSaid",
    "ReportedAfterwards",
    "SameLevel",
    "VerifiedMonthsTouched",
    "add_kpi",
    "end_kpi",
    "set_level",
]
