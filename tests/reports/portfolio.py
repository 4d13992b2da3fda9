"""The portfolio half of papers to render: projects rated and counted by the real rules."""

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random
from typing import Any, Final

from projects.rules.attention import AttentionLine, needs_attention, unanswered_under
from projects.rules.confidence import Confidence, Thresholds
from projects.rules.counts import portfolio_counts
from projects.rules.facts import MilestoneFacts, ProjectFacts, RebaselineFacts, Stage
from reports import snapshot

ON: Final = date(2018, 3, 14)
LAST_PAPER_ON: Final = date(2017, 12, 21)
TITLES: Final = (
    "Agresso upgrade",
    "Mosaic payroll link",
    "Windows 10 roll-out",
    "Corporate refresh of devices",
    "Employee life cycle: starters, movers and leavers",
    "E-mail archive migration",
    "IT equipment for corporate parenting",
    "Customer portal, second release",
)
SCRUTINY: Final = ("Adults", "Children", "Environment", "Value for money")


def section(projects: Sequence[ProjectFacts], *, key_decided_on: date | None = None) -> snapshot.ProjectSection:
    """The section of the paper that these projects make."""
    counts = portfolio_counts(projects)
    attention = needs_attention(projects, ON, LAST_PAPER_ON, None, Thresholds())
    key = sorted((each for each in projects if each.key_rank), key=lambda each: each.key_rank or 0)
    return snapshot.ProjectSection(
        in_register=counts.in_register,
        by_stage={stage.value: number for stage, number in counts.by_stage.items()},
        by_confidence={str(rating): number for rating, number in counts.by_confidence.items()},
        key_decided_on=key_decided_on,
        key=tuple(_key(each) for each in key),
        exceptions=tuple(_exception(line) for line in attention),
        register=tuple(_line(each) for each in projects),
    )


def projects(count: int, key_count: int = 20, seed: int = 1) -> list[ProjectFacts]:
    """A varied portfolio: always the same for the same arguments."""
    chance = Random(seed)
    return [_project(chance, number, number if number <= key_count else None) for number in range(1, count + 1)]


def project(reference: str, **changes: Any) -> ProjectFacts:
    """A project in flight that is on time."""
    given: dict[str, Any] = {
        "reference": reference,
        "title": "Windows 10 roll-out",
        "stage": Stage.IN_FLIGHT,
        "service_area": "IMT",
        "scrutiny_area": "Value for money",
        "sponsor": "Head of Property",
        "manager": "Programme manager",
        "declared": Confidence.GREEN,
        "original_start": date(2017, 10, 2),
        "original_finish": date(2018, 3, 30),
        "agreed_finish": date(2018, 3, 30),
        "forecast_finish": date(2018, 3, 30),
        "updated_on": date(2018, 3, 1),
    }
    return ProjectFacts(**(given | changes))


def late_project(reference: str, **changes: Any) -> ProjectFacts:
    """56 days behind: 2 October 2017 to 30 March 2018, forecast 25 May 2018."""
    answers: dict[str, Any] = {
        "title": "Agresso upgrade",
        "declared": Confidence.AMBER,
        "agreed_finish": date(2018, 5, 11),
        "forecast_finish": date(2018, 5, 25),
        "delay_cause": "The vendor's technical resource came five weeks late.",
        "delay_party": "the vendor",
        "cost_effect": "£18,000 for extended support of the old release",
        "knock_on": "the Mosaic payroll link starts three weeks late",
        "returns_to_green_on": date(2018, 4, 30),
        "rebaselines": (RebaselineFacts(date(2018, 5, 11), date(2018, 1, 15), "Programme board", "Vendor delay."),),
    }
    return project(reference, **(answers | changes))


def _project(chance: Random, number: int, key_rank: int | None) -> ProjectFacts:
    stage = chance.choices(list(Stage), weights=[6, 14, 2, 7, 1])[0]
    start = date(2016, 1, 4) + timedelta(days=chance.randrange(700))
    finish = start + timedelta(days=chance.randrange(90, 500))
    late = chance.choice([0, 0, 0, 0, 0, 5, 21, 56])
    forecast = finish + timedelta(days=late)
    is_begun = stage is not Stage.PIPELINE
    return project(
        f"P{number:03}",
        title=f"{chance.choice(TITLES)} {number}",
        stage=stage,
        service_area=chance.choice(["CSC", "IMT", "PM", "ACF", "FA", ""]),
        scrutiny_area=chance.choice(SCRUTINY),
        declared=chance.choice([None, *[Confidence.GREEN] * 5, Confidence.AMBER]) if is_begun else None,
        original_start=start,
        original_finish=finish if is_begun else None,
        agreed_finish=finish if is_begun else None,
        forecast_finish=forecast if stage in (Stage.IN_FLIGHT, Stage.ON_HOLD) else None,
        actual_finish=forecast if stage is Stage.COMPLETE else None,
        expected_commission_on=None if is_begun else date(2018, 6, 1) + timedelta(days=chance.randrange(400)),
        delay_cause="The vendor's technical resource came late." if late > 7 and chance.random() < 0.7 else "",
        delay_party="the vendor" if late > 7 and chance.random() < 0.7 else "",
        updated_on=date(2018, 3, 10) - timedelta(days=chance.choice([1, 5, 9, 12, 60])),
        milestones=tuple(
            MilestoneFacts(name, finish - timedelta(days=offset), finish - timedelta(days=offset), None, None)
            for name, offset in (("Design agreed", 60), ("First release", 20), ("Handed over", 0))
        )
        if is_begun
        else (),
        key_rank=key_rank,
        rationale="Everything that waits for the payroll link waits for this; it touches every member of staff."
        if key_rank
        else "",
        source="illustrative" if chance.random() < 0.9 else "published",
    )


def _key(project: ProjectFacts) -> snapshot.KeyProject:
    original, agreed = project.slippage_original, project.slippage_agreed
    return snapshot.KeyProject(
        **{name: getattr(project, name) for name in ("reference", "title", "rationale")},
        **_dates(project),
        rank=project.key_rank or 0,
        stage=project.stage.value,
        slippage_days_original=original.days if original else None,
        slippage_days_agreed=agreed.days if agreed else None,
        milestones=tuple(
            snapshot.MilestoneLine(each.title, each.original_on, each.agreed_on, each.forecast_on, each.actual_on)
            for each in project.milestones
        ),
    )


def _exception(line: AttentionLine) -> snapshot.ProjectException:
    project, original, agreed = line.project, line.slippage_original, line.slippage_agreed
    said = ("delay_cause", "delay_party", "cost_effect", "knock_on", "returns_to_green_on", "updated_on")
    return snapshot.ProjectException(
        **{name: getattr(project, name) for name in ("reference", "title", *said)},
        **_dates(project),
        rule=line.rule.value,
        stage=project.stage.value,
        slippage_days_original=original.days if original else None,
        slippage_days_agreed=agreed.days if agreed else None,
        slippage_weeks_original=str(original.weeks) if original else None,
        slippage_percent=str(original.percent) if original and original.percent is not None else None,
        detail=line.detail,
        unanswered=unanswered_under(line),
        is_green_unknown=project.is_green_unknown,
    )


def _line(project: ProjectFacts) -> snapshot.ProjectLine:
    original, agreed = project.slippage_original, project.slippage_agreed
    plain = ("reference", "title", "kind", "service_area", "scrutiny_area", "sponsor", "manager", "third_party")
    return snapshot.ProjectLine(
        **{name: getattr(project, name) for name in plain},
        **_dates(project),
        stage=project.stage.value,
        original_start=project.original_start,
        expected_commission_on=project.expected_commission_on,
        slippage_days_original=original.days if original else None,
        slippage_days_agreed=agreed.days if agreed else None,
        slippage_percent=str(original.percent) if original and original.percent is not None else None,
        rebaselined=len(project.rebaselines),
        updated_on=project.updated_on,
        key_rank=project.key_rank,
        illustrative=project.source == "illustrative",
    )


def _dates(project: ProjectFacts) -> dict[str, Any]:
    computed = project.computed(Thresholds())
    return {
        "declared_confidence": project.declared.value if project.declared else None,
        "computed_confidence": computed.value if computed else None,
        **{
            name: getattr(project, name)
            for name in ("original_finish", "agreed_finish", "forecast_finish", "actual_finish")
        },
    }


NO_PROJECTS: Final = section(())
