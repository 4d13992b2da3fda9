"""
Builders that put facts into the database: a contract, its KPIs and months, its projects, its Board.

Each makes one thing that is valid as it stands, so that a test says only what it is about. Months are written as people
write them (``"2018-01"``), figures as text.
"""

from tests.builders.boards import (
    board,
    built_projects_paper,
    meeting,
    operational_report,
    paper,
    projects_paper,
    request,
    review_period,
    with_words,
)
from tests.builders.contracts import area, contract, message, question
from tests.builders.kpis import dispute, evidence, kpi, level, rebase, relief, result, results, returns
from tests.builders.projects import (
    chair,
    dependency,
    funding,
    key_exit,
    key_list,
    key_near_miss,
    milestone,
    milestone_forecast,
    nomination,
    project,
    rebaseline,
    update,
)

__all__ = [
    "area",
    "board",
    "built_projects_paper",
    "chair",
    "contract",
    "dependency",
    "dispute",
    "evidence",
    "funding",
    "key_exit",
    "key_list",
    "key_near_miss",
    "kpi",
    "level",
    "meeting",
    "message",
    "milestone",
    "milestone_forecast",
    "nomination",
    "operational_report",
    "paper",
    "project",
    "projects_paper",
    "question",
    "rebase",
    "rebaseline",
    "relief",
    "request",
    "result",
    "results",
    "returns",
    "review_period",
    "update",
    "with_words",
]
