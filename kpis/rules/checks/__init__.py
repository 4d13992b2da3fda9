"""
The checks of a monthly return, one KPI's row at a time, before the month is submitted.

An *error* stops the submission; a *warning* asks for a word. Each names the KPI and the field and says what would be
right. Numbers are read as the importer reads its cells. Whatever is typed, a check answers with findings and never
with an exception.
"""

from kpis.rules.checks.check import check_row
from kpis.rules.checks.rows import CELLS, EXPLANATION, Checked, Finding, Severity, Typed
from kpis.rules.checks.tally import Tally, tally

__all__ = ["CELLS", "EXPLANATION", "Checked", "Finding", "Severity", "Tally", "Typed", "check_row", "tally"]
