"""What the rows of the register have to be, reckoned from the facts by the portfolio's own rules."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date
from typing import Any, Final

from django.db.models import Q

from contracts.models import Contract
from projects.models import EVER, KeyList, MilestoneForecast, Project, Rebaseline, RegisterRow, Update
from projects.queries.portfolio import load_portfolio, thresholds_of
from projects.rules.attention import unanswered
from projects.rules.confidence import Confidence, Thresholds
from projects.rules.facts import ProjectFacts, Stage
from projects.rules.order import order_key
from projects.rules.standing import AT_RISK

STAGE_ORDER: Final = {stage: place for place, stage in enumerate(Stage)}
RATING_ORDER: Final = {rating: place for place, rating in enumerate(Confidence)}

SPAN: Final = ("from_on", "until_on")
SAID: Final = tuple(
    field.attname for field in RegisterRow._meta.concrete_fields if field.attname not in ("id", "project_id", *SPAN)
)
"""The columns in which a row says something of its project."""


def reckoned_rows(contract: Contract, among: Collection[int], on: date) -> dict[int, list[RegisterRow]]:
    """The rows that these projects of the contract need from a day on, unsaved, by project, oldest first."""
    coming = _coming_days(contract, among, on)
    rows: dict[int, list[RegisterRow]] = defaultdict(list)
    for day in sorted({on}.union(*coming.values())):
        moved = among if day == on else [project for project, days in coming.items() if day in days]
        for row in _rows_on(contract, moved, day):
            own = rows[row.project_id]
            if own and said(own[-1]) == said(row):
                continue
            if own:
                own[-1].until_on = day
            own.append(row)
    return dict(rows)


def said(row: RegisterRow) -> tuple[Any, ...]:
    """All that a row says, to be compared; bytes come back from some databases as something else than bytes."""
    values = (getattr(row, name) for name in SAID)
    return tuple(bytes(value) if isinstance(value, memoryview) else value for value in values)


def _coming_days(contract: Contract, among: Collection[int], on: date) -> Mapping[int, set[date]]:
    """The days still to come from which something else will be known of a project, by project."""
    found: defaultdict[int, set[Any]] = defaultdict(set)
    own = {"project__in": among}
    dated = (
        Update.objects.filter(**own, updated_on__gt=on).values_list("project", "updated_on"),
        Rebaseline.objects.filter(**own, agreed_on__gt=on).values_list("project", "agreed_on"),
        MilestoneForecast.objects.filter(milestone__project__in=among, said_on__gt=on).values_list(
            "milestone__project", "said_on"
        ),
        Project.objects.filter(pk__in=among, archived_on__gt=on).values_list("pk", "archived_on"),
    )
    for rows in dated:
        for project, day in rows:
            found[project].add(day)
    decided = KeyList.objects.filter(contract=contract).filter(Q(decided_on__gt=on))
    for day in decided.values_list("decided_on", flat=True):
        for project in among:
            found[project].add(day)
    return found


def _rows_on(contract: Contract, among: Collection[int], on: date) -> list[RegisterRow]:
    stored = {project.reference: project for project in Project.objects.filter(contract=contract, pk__in=among)}
    thresholds = thresholds_of(contract)
    known = load_portfolio(contract, on, among=among).projects
    return [_row(contract, stored[facts.reference], facts, thresholds, on) for facts in known]


def _row(contract: Contract, project: Project, facts: ProjectFacts, thresholds: Thresholds, on: date) -> RegisterRow:
    computed = facts.computed(thresholds)
    late, late_agreed = facts.slippage_original, facts.slippage_agreed
    due = [milestone.due_on for milestone in facts.milestones if milestone.actual_on is None and milestone.due_on]
    is_at_risk = facts.is_active and (facts.declared in AT_RISK or computed in AT_RISK)
    sought = (facts.reference, facts.title, facts.sponsor, facts.manager, facts.third_party)
    return RegisterRow(
        project=project,
        contract=contract,
        from_on=on,
        until_on=EVER,
        green_days=thresholds.green_days,
        amber_months=thresholds.amber_months,
        reference=facts.reference,
        title=facts.title,
        kind=facts.kind,
        stage=facts.stage.value,
        scrutiny_area=facts.scrutiny_area,
        service_area_id=project.service_area_id,
        sponsor=facts.sponsor,
        manager=facts.manager,
        declared=facts.declared.value if facts.declared else "",
        computed=computed.value if computed else "",
        original_finish=facts.original_finish,
        agreed_finish=facts.baseline_finish,
        forecast_finish=facts.forecast_finish,
        finish=facts.finish,
        days_late=late.days if late else None,
        days_late_agreed=late_agreed.days if late_agreed else None,
        percent_late=late.percent if late else None,
        rebaselined=len(facts.rebaselines),
        key_rank=facts.key_rank,
        updated_on=facts.updated_on,
        earliest_due_on=min(due, default=None),
        unanswered=len(unanswered(facts)) if is_at_risk else 0,
        is_archived=project.archived_on is not None and project.archived_on <= on,
        is_illustrative=facts.source == Project.Source.ILLUSTRATIVE,
        reference_order=order_key(facts.reference) or b"",
        title_order=order_key(facts.title) or b"",
        scrutiny_order=order_key(facts.scrutiny_area),
        sponsor_order=order_key(facts.sponsor),
        manager_order=order_key(facts.manager),
        stage_order=STAGE_ORDER[facts.stage],
        declared_order=RATING_ORDER[facts.declared] if facts.declared else None,
        computed_order=RATING_ORDER[computed] if computed else None,
        words=" ".join(sought).casefold(),
        sponsor_words=facts.sponsor.casefold(),
    )
