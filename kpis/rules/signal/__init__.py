"""Signal or noise: whether a KPI's ups and downs mean anything, by an XmR chart (a natural process chart).

The constants and the rules are those of the NHS practice "Making Data Count" as the R package NHSRplotthedots 0.2.2
works them out. It is a second opinion, in words: the contractual status of a month is never replaced by it.
"""

from kpis.rules.signal.limits import TRIAL_UNDER, Limits, limits_of
from kpis.rules.signal.special_causes import Direction, Flag, Rule, flags_of
from kpis.rules.signal.verdicts import Assurance, Signal, Variation, assurance, assured, variation
from kpis.rules.signal.xmr import Plotted, Segment, Xmr, xmr

__all__ = [
    "TRIAL_UNDER",
    "Assurance",
    "Direction",
    "Flag",
    "Limits",
    "Plotted",
    "Rule",
    "Segment",
    "Signal",
    "Variation",
    "Xmr",
    "assurance",
    "assured",
    "flags_of",
    "limits_of",
    "variation",
    "xmr",
]
