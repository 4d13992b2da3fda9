"""Every version of a contract's key list as frozen values, and the page that shows the one in force on a day."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from contracts.models import Contract, Person
from contracts.prepared import Given
from contracts.readings import Reading, ask, beside, read_now
from projects.models import KeyEntry, KeyExit, KeyList, NearMiss, Nomination, Project
from projects.queries.key_rows import KeyRows, read_key_rows
from projects.queries.portfolio import read_portfolio, thresholds_of
from projects.rules.counts import UNRATED
from projects.rules.facts import ProjectFacts
from projects.rules.key_list import (
    Considered,
    Differences,
    Draft,
    KeyListFacts,
    KeyPlace,
    decided_before,
    differences,
    headline,
    in_force,
    size_warning,
)
from projects.rules.sentences import lateness


@dataclass(frozen=True, slots=True)
class KeyRow:
    """A line of the list: the place as it was decided, and how its project stood on the day shown."""

    place: KeyPlace
    rank_before: int | None
    stage: str
    declared: str
    computed: str
    finish: date | None
    is_finished: bool
    lateness: str
    is_illustrative: bool


@dataclass(frozen=True, slots=True)
class NominationRow:
    """A nomination, who made it, and what became of it."""

    pk: int
    reference: str
    title: str
    by: str
    is_own: bool
    scrutiny_area: str
    reason: str
    nominated_at: datetime
    outcome: str
    answer: str
    answered_by: str
    answered_on: date | None
    is_on_proposal: bool
    is_near_miss: bool


@dataclass(frozen=True, slots=True)
class KeyPage:
    """The list in force on a day with what changed by it, the proposal if there is one, and every nomination."""

    on: date
    headline: str
    size: int
    shown: KeyListFacts | None
    before: KeyListFacts | None
    rows: tuple[KeyRow, ...]
    changes: Differences | None
    proposal: KeyListFacts | None
    decided: tuple[KeyListFacts, ...]
    nominations: tuple[NominationRow, ...]

    @property
    def is_illustrative(self) -> bool:
        return any(row.is_illustrative for row in self.rows)


@dataclass(frozen=True, slots=True)
class ProposalPage:
    """A proposal against the list in force: what would enter, leave and move, and what still hinders it."""

    proposal: KeyListFacts
    in_force: KeyListFacts | None
    changes: Differences
    warning: str
    unanswered: tuple[NominationRow, ...]


def load_key_lists(contract: Contract) -> tuple[KeyListFacts, ...]:
    """All versions in the order of their decisions, the proposal last; in one query."""
    return read_now(read_key_lists(contract))


def read_key_lists(contract: Contract) -> Reading[tuple[KeyListFacts, ...]]:
    """The same in one step beside whatever else is read."""
    rows = yield from read_key_rows(contract)
    return tuple(sorted((_facts(each) for each in rows), key=lambda each: each.decided_on or date.max))


def _facts(version: KeyRows) -> KeyListFacts:
    row = version.key_list
    return KeyListFacts(
        places=tuple(
            KeyPlace(each.project.reference, each.project.title, each.rank, each.rationale)
            for each in sorted(version.entries, key=lambda entry: entry.rank)
        ),
        left=_considered(version.exits),
        near_misses=_considered(version.near_misses),
        decided_on=row.decided_on,
        decision=row.decision,
        amendments=row.amendments,
        put_to_board_on=row.put_to_board_on,
        board=row.board,
        size_reason=row.size_reason,
        version=row.version,
    )


def proposal_of(lists: Sequence[KeyListFacts]) -> KeyListFacts | None:
    return next((each for each in lists if each.decided_on is None), None)


def draft_of(facts: KeyListFacts) -> Draft:
    """A list as one would type it."""
    return Draft(
        entries=tuple((place.reference, place.rationale) for place in facts.places),
        left={each.reference: each.reason for each in facts.left},
        near_misses=tuple((each.reference, each.reason) for each in facts.near_misses),
        size_reason=facts.size_reason,
    )


def load_key_page(contract: Contract, person: Person, today: date, on: date) -> KeyPage:
    """The page of the list as it was on a day, in two queries."""
    return read_now(_read_key_page(contract, person, today, on))


def _read_key_page(contract: Contract, person: Person, today: date, on: date) -> Reading[KeyPage]:
    lists, nominated = yield from beside(read_key_lists(contract), ask(_nominations(contract)))
    shown = in_force(lists, on)
    before = decided_before(lists, shown) if shown else None
    changes = differences(before, shown) if shown and before else None
    proposal = proposal_of(lists)
    return KeyPage(
        on=on,
        headline=headline(lists, on),
        size=contract.key_project_count,
        shown=shown,
        before=before,
        rows=(yield from _read_rows(contract, shown, changes, on)) if shown else (),
        changes=changes,
        proposal=proposal,
        decided=tuple(each for each in reversed(lists) if each.decided_on and each.decided_on <= today),
        nominations=_nomination_rows(nominated[0], person, proposal),
    )


def load_proposal_page(contract: Contract, person: Person, today: date) -> ProposalPage | None:
    """The proposal held against the list in force; ``None`` where nothing is proposed."""
    lists, (nominated,) = read_now(beside(read_key_lists(contract), ask(_nominations(contract))))
    proposal = proposal_of(lists)
    if proposal is None:
        return None
    now = in_force(lists, today)
    return ProposalPage(
        proposal=proposal,
        in_force=now,
        changes=differences(now, proposal),
        warning=size_warning(len(proposal.places), contract.key_project_count),
        unanswered=unanswered_nominations(_nomination_rows(nominated, person, proposal)),
    )


def load_nominations(contract: Contract, person: Person, proposal: KeyListFacts | None) -> tuple[NominationRow, ...]:
    """Every nomination, the newest first; those not answered yet say whether the proposal holds their project."""
    return _nomination_rows(_nominations(contract), person, proposal)


def _nominations(contract: Contract) -> QuerySet[Nomination]:
    return Nomination.objects.filter(project__contract=contract).select_related(
        "project", "by", "answered_by", "taken_up_in"
    )


def _nomination_rows(
    rows: Iterable[Nomination], person: Person, proposal: KeyListFacts | None
) -> tuple[NominationRow, ...]:
    proposed = {place.reference for place in proposal.places} if proposal else frozenset()
    near = {each.reference for each in proposal.near_misses} if proposal else frozenset()
    return tuple(
        NominationRow(
            pk=row.pk,
            reference=row.project.reference,
            title=row.project.title,
            by=row.by.job_title,
            is_own=row.by_id == person.pk,
            scrutiny_area=row.scrutiny_area,
            reason=row.reason,
            nominated_at=row.nominated_at,
            outcome=row.outcome,
            answer=row.answer,
            answered_by=row.answered_by.job_title if row.answered_by else "",
            answered_on=row.taken_up_in.decided_on if row.taken_up_in else row.answered_on,
            is_on_proposal=not row.outcome and row.project.reference in proposed,
            is_near_miss=not row.outcome and row.project.reference in near,
        )
        for row in rows
    )


def unanswered_nominations(rows: Sequence[NominationRow]) -> tuple[NominationRow, ...]:
    """Open ones whose project the proposal neither holds nor says anything of: members would not hear why."""
    return tuple(row for row in rows if not (row.outcome or row.is_on_proposal or row.is_near_miss))


def _considered(rows: Iterable[KeyExit | NearMiss]) -> tuple[Considered, ...]:
    return tuple(Considered(row.project.reference, row.project.title, row.reason) for row in rows)


def _read_rows(
    contract: Contract, shown: KeyListFacts, changes: Differences | None, on: date
) -> Reading[tuple[KeyRow, ...]]:
    named = [place.reference for place in shown.places]
    keys = Project.objects.filter(contract=contract, reference__in=named).order_by().values("pk")
    portfolio = yield from read_portfolio(contract, on, among=keys)
    facts = {each.reference: each for each in portfolio.projects}
    moved = {each.place.reference: each.rank_before for each in changes.moved} if changes else {}
    return tuple(_row(contract, place, facts[place.reference], moved) for place in shown.places)


def _row(contract: Contract, place: KeyPlace, project: ProjectFacts, moved: Mapping[str, int]) -> KeyRow:
    late = project.slippage_original
    return KeyRow(
        place=place,
        rank_before=moved.get(place.reference),
        stage=project.stage.value,
        declared=str(project.declared or UNRATED),
        computed=str(project.computed(thresholds_of(contract)) or UNRATED),
        finish=project.finish,
        is_finished=project.actual_finish is not None,
        lateness=lateness(late.days) if late else "",
        is_illustrative=project.source == Project.Source.ILLUSTRATIVE,
    )


def proposed_ranks(contract: Given, reference: Given) -> QuerySet[Any, Any]:
    """The project's rank on the proposal that waits for the Board, ``None`` if it is not on it; empty without one."""
    own = KeyEntry.objects.filter(key_list=OuterRef("pk"), project__reference=reference).values("rank")
    waiting = KeyList.objects.filter(contract=contract, decided_on=None).order_by()
    return waiting.annotate(rank=Subquery(own)).values_list("rank", flat=True)
