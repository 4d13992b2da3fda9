"""Writes about mitigation relief, and why they are refused."""

from kpis.services.reliefs.changes import ask_relief, decide_relief, end_relief, withdraw_relief
from kpis.services.reliefs.refusals import (
    EffectNotShown,
    EndsAlready,
    EndsBeforeItBegins,
    KpiNotInForceThen,
    NamesNoKpi,
    NotAKpiOfTheContract,
    NotAwaitingDecision,
    NotGranted,
    NothingSaid,
    NotYourRequest,
    NotYoursToAsk,
    NotYoursToDecide,
    OwnRequest,
    ReliefChanged,
    ReliefRefused,
    ReliefsOverlap,
)

__all__ = [
    "EffectNotShown",
    "EndsAlready",
    "EndsBeforeItBegins",
    "KpiNotInForceThen",
    "NamesNoKpi",
    "NotAKpiOfTheContract",
    "NotAwaitingDecision",
    "NotGranted",
    "NotYourRequest",
    "NotYoursToAsk",
    "NotYoursToDecide",
    "NothingSaid",
    "OwnRequest",
    "ReliefChanged",
    "ReliefRefused",
    "ReliefsOverlap",
    "ask_relief",
    "decide_relief",
    "end_relief",
    "withdraw_relief",
]
