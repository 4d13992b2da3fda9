"""Importing the sheets `projects` and `milestones`.

Original dates are the first baseline and never change. The columns that belong to an update, a re-baseline, the
key list or a milestone's forecasts are read by the modules beside this one.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from contracts.workbook.cells import or_nearest, quoted
from contracts.workbook.saving import Import, Upsert
from contracts.workbook.sheets import Row, Seen
from projects.models import Milestone, Project
from projects.rules.references import reference_fault

OWN: Final = (
    "title", "kind", "budget", "forecast_cost", "spent_to_date", "benefit", "scrutiny_area", "stage", "sponsor",
    "manager", "third_party", "original_start", "original_finish", "actual_finish", "expected_commission_on", "source",
)  # fmt: skip
FINISHES: Final = ("original_finish", "agreed_finish", "forecast_finish", "actual_finish")
MILESTONE_DATES: Final = ("original_on", "agreed_on", "actual_on")

Step = tuple[str, str]  # a project's reference and a milestone's title


@dataclass(slots=True)
class Portfolio:
    """The contract's projects by reference, those on record and those of the workbook, and the sheet's rows.

    Milestones likewise, by their project's reference and their title. ``by_letters`` are the references by what they
    are in small letters.
    """

    projects: dict[str, Project]
    rows: dict[str, Row]
    milestones: dict[Step, Milestone] = field(default_factory=dict)
    milestone_rows: dict[Step, Row] = field(default_factory=dict)
    by_letters: dict[str, str] = field(default_factory=dict)

    def find(self, row: Row) -> Project | None:
        """The project that a row's first cell names; an unknown one is reported with the nearest known."""
        if not row.is_sound("project"):
            return None
        project = self.projects.get(row["project"])
        if project is None:
            right = or_nearest(
                "expected one of the sheet projects, or already on record", row["project"], self.projects
            )
            row.problem("project", f"there is no project {quoted(row['project'])} in this contract", right)
        return project


def import_portfolio(importing: Import, projects: Iterable[Row], milestones: Iterable[Row]) -> Portfolio:
    """Reads projects and milestones and writes what is new or different."""
    on_record = Project.objects.filter(contract_id=importing.contract.pk).select_related("service_area")
    portfolio = Portfolio({project.reference: project for project in on_record}, {})
    portfolio.by_letters = {reference.casefold(): reference for reference in portfolio.projects}
    _import_projects(importing, portfolio, projects)
    _import_milestones(importing, portfolio, milestones)
    return portfolio


def _import_projects(importing: Import, portfolio: Portfolio, rows: Iterable[Row]) -> None:
    upsert = Upsert(importing, "projects", Project, portfolio.projects.copy())
    seen = Seen()
    for row in rows:
        area = importing.area(row, "service_area")
        _check_dates(row)
        if not row.is_sound("reference") or not seen.is_new(row["reference"], row, "reference", row["reference"]):
            continue
        reference = row["reference"]
        if reference not in portfolio.projects and not _is_free(row, portfolio):
            continue
        identity = {"contract": importing.contract, "reference": reference}
        portfolio.rows[reference] = row
        stored = portfolio.projects.setdefault(reference, Project(**identity))
        check_originals(importing, row, stored, ("original_start", "original_finish"))
        if not row.is_sound():
            continue
        values: dict[str, Any] = {name: row[name] for name in OWN if name in row.given}
        if "service_area" in row.given:
            values["service_area"] = area
        portfolio.projects[reference] = upsert.put(reference, reference, row, identity, values)
    upsert.save()


def _is_free(row: Row, portfolio: Portfolio) -> bool:
    """Whether a new reference is neither an address of another page nor one on record in other letters."""
    reference: str = row["reference"]
    if fault := reference_fault(reference):
        what = f"{quoted(reference)} cannot be one: {fault[0].lower()}{fault[1:]}"
        row.problem("reference", what, "expected another reference, such as P-001")
        return False
    known = portfolio.by_letters.setdefault(reference.casefold(), reference)
    if known != reference:
        what = f"{quoted(reference)} differs from {known} in capitals alone"
        row.problem("reference", what, f"expected {known}, or a reference of its own")
    return known == reference


def _check_dates(row: Row) -> None:
    start = row["original_start"] if row.is_sound("original_start") else None
    for name in FINISHES:
        if start and row.is_sound(name) and row[name] and row[name] < start:
            what = f"{row[name].isoformat()} is before the original start"
            row.problem(name, what, f"expected {start.isoformat()} or later")


def check_originals(importing: Import, row: Row, stored: Project | Milestone, names: Iterable[str]) -> None:
    """The first baseline stays: another original date needs a reason, and is in truth a re-baseline."""
    for name in names:
        before = getattr(stored, name)
        if importing.reason or before is None or name not in row.given or not row.is_sound(name) or row[name] == before:
            continue
        what = f"the original date {before.isoformat()} never changes"
        row.problem(
            name, what, f"expected {before.isoformat()} (agree another date, or give the reason if it was a mistake)"
        )


def _import_milestones(importing: Import, portfolio: Portfolio, rows: Iterable[Row]) -> None:
    on_record = Milestone.objects.filter(project__contract_id=importing.contract.pk).select_related("project")
    portfolio.milestones = existing = {
        (milestone.project.reference, milestone.title): milestone for milestone in on_record
    }
    upsert = Upsert(importing, "milestones", Milestone, existing)
    seen = Seen()
    for row in rows:
        project = portfolio.find(row)
        if project is None or not row.is_sound("title"):
            continue
        key = (project.reference, row["title"])
        if not seen.is_new(key, row, "title", f"{quoted(row['title'])} of {project.reference}"):
            continue
        if key in existing:
            check_originals(importing, row, existing[key], ("original_on",))
        if row.is_sound():
            values = {name: row[name] for name in MILESTONE_DATES if name in row.given}
            upsert.put(
                key, f"{project.reference} {row['title']}", row, {"project": project, "title": row["title"]}, values
            )
            portfolio.milestone_rows[key] = row
    upsert.save()
