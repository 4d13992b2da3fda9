"""The columns of the project sheets: `projects` and `milestones` are fixed, the others are ours."""

from typing import Final

from contracts.workbook import cells, numbers
from contracts.workbook.saving import text_for
from contracts.workbook.sheets import Column, SheetSpec, one_of, required
from projects.models import KeyEntry, Milestone, Project, Rebaseline, Update
from projects.rules.confidence import Confidence
from projects.rules.facts import Stage

A_PROJECT: Final = "a project's reference"
HIGHEST_RANK: Final = 999
MOST_OF_A_DAY: Final = 999


# Where a row comes from; blank when somebody entered it.
SOURCES: Final = (Project.Source.PUBLISHED, Project.Source.ILLUSTRATIVE)

PROJECTS: Final = SheetSpec(
    "projects",
    (
        text_for(Project, "reference", hint="a short lasting reference such as P-001"),
        text_for(Project, "title", hint="the project's title"),
        one_of("kind", Project.Kind.values, default=Project.Kind.TRANSFORMATION.value),
        Column("budget", numbers.money),
        Column("forecast_cost", numbers.money),
        Column("spent_to_date", numbers.money),
        text_for(Project, "benefit"),
        Column("service_area", cells.text, default=""),
        text_for(Project, "scrutiny_area"),
        one_of("stage", Stage, hint="pipeline, in flight, on hold, complete or cancelled"),
        one_of("confidence", Confidence),
        text_for(Project, "sponsor"),
        text_for(Project, "manager"),
        text_for(Project, "third_party"),
        Column("original_start", cells.day),
        Column("original_finish", cells.day),
        Column("agreed_finish", cells.day),
        Column("forecast_finish", cells.day),
        Column("actual_finish", cells.day),
        text_for(Update, "delay_cause"),
        text_for(Update, "delay_party"),
        text_for(Update, "cost_effect"),
        Column("returns_to_green_on", cells.day),
        Column("expected_commission_on", cells.day),
        Column("updated_on", cells.day),
        Column("key_rank", lambda cell: numbers.whole(cell, 1, HIGHEST_RANK)),
        text_for(KeyEntry, "rationale"),
        one_of("source", SOURCES),
    ),
)
MILESTONES: Final = SheetSpec(
    "milestones",
    (
        required("project", cells.text, A_PROJECT),
        text_for(Milestone, "title", hint="the milestone's title"),
        Column("original_on", cells.day),
        Column("agreed_on", cells.day),
        Column("forecast_on", cells.day),
        Column("actual_on", cells.day),
    ),
)
MILESTONE_FORECASTS: Final = SheetSpec(
    "milestone_forecasts",
    (
        required("project", cells.text, A_PROJECT),
        text_for(Milestone, "title", hint="the milestone's title", column="milestone"),
        required("forecast_on", cells.day, "a date such as 2018-05-11"),
        Column("said_on", cells.day),
    ),
)
UPDATES: Final = SheetSpec(
    "updates",
    (
        required("project", cells.text, A_PROJECT),
        Column("updated_on", cells.day),
        Column("number", lambda cell: numbers.whole(cell, 1, MOST_OF_A_DAY)),
        one_of("confidence", Confidence),
        Column("forecast_finish", cells.day),
        text_for(Update, "done"),
        text_for(Update, "next"),
        text_for(Update, "delay_cause"),
        text_for(Update, "delay_party"),
        text_for(Update, "cost_effect"),
        text_for(Update, "knock_on"),
        Column("returns_to_green_on", cells.day),
        Column("is_green_unknown", cells.yes_no, default=False),
    ),
)
REBASELINES: Final = SheetSpec(
    "rebaselines",
    (
        required("project", cells.text, A_PROJECT),
        required("agreed_finish", cells.day, "a date such as 2018-05-11"),
        Column("agreed_on", cells.day),
        text_for(Rebaseline, "agreed_by"),
        text_for(Rebaseline, "reason"),
    ),
)
