"""Which projects stand in the way of one, and in whose way it stands, with how each of them does."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from contracts.models import Contract
from contracts.prepared import given_key, given_text, prepared
from contracts.readings import Reading, read_now
from projects.models import Dependency
from projects.queries.portfolio import read_portfolio, thresholds_of
from projects.rules.confidence import Confidence, worse
from projects.rules.counts import UNRATED
from projects.rules.dependencies import Kind
from projects.rules.facts import ProjectFacts


@dataclass(frozen=True, slots=True)
class Joined:
    """A project at the other end of a dependency; ``rating`` is the worse of its two ratings while it is under way."""

    pk: int
    reference: str
    title: str
    stage: str
    rating: str
    is_archived: bool
    note: str


@dataclass(frozen=True, slots=True)
class Dependencies:
    """The four ways in which a project is joined to others, each by reference."""

    holds_up: tuple[Joined, ...] = ()
    held_up_by: tuple[Joined, ...] = ()
    displaces: tuple[Joined, ...] = ()
    displaced_by: tuple[Joined, ...] = ()

    def told(self) -> tuple[tuple[str, tuple[Joined, ...]], ...]:
        """Those there are, each with its words."""
        named = (
            ("Is held up by", self.held_up_by),
            ("Holds up", self.holds_up),
            ("Displaced by urgent transactional work", self.displaced_by),
            ("Displaces", self.displaces),
        )
        return tuple((words, joined) for words, joined in named if joined)

    @property
    def number(self) -> int:
        return sum(len(joined) for _, joined in self.told())


def load_dependencies(contract: Contract, reference: str, on: date) -> Dependencies:
    """Those of one project, in two queries."""
    return read_now(read_dependencies(contract, reference, on))


def read_dependencies(contract: Contract, reference: str, on: date) -> Reading[Dependencies]:
    """The same beside whatever else is read: in two steps, or in one where there are none."""
    (rows,) = yield _rows(contract=contract.pk, reference=reference)
    if not rows:
        return Dependencies()
    others = {row.held_up_id if row.holder.reference == reference else row.holder_id for row in rows}
    portfolio = yield from read_portfolio(contract, on, among=others)
    facts = {each.reference: each for each in portfolio.projects}
    found: dict[tuple[str, bool], list[Joined]] = {}
    for row in rows:
        is_holder = row.holder.reference == reference
        other = facts[row.held_up.reference if is_holder else row.holder.reference]
        found.setdefault((row.kind, is_holder), []).append(_joined(row, other, contract))
    return Dependencies(
        holds_up=tuple(found.get((Kind.HOLDS_UP, True), ())),
        held_up_by=tuple(found.get((Kind.HOLDS_UP, False), ())),
        displaces=tuple(found.get((Kind.DISPLACES, True), ())),
        displaced_by=tuple(found.get((Kind.DISPLACES, False), ())),
    )


@prepared
def _rows() -> tuple[QuerySet[Dependency]]:
    contract, reference = given_key("contract"), given_text("reference")
    mine = Q(holder__reference=reference) | Q(held_up__reference=reference)
    rows = Dependency.objects.filter(mine, holder__contract=contract, held_up__contract=contract)
    ordered = rows.order_by("holder__reference", "held_up__reference", "kind")
    return (ordered.select_related("holder", "held_up"),)


def _joined(row: Dependency, other: ProjectFacts, contract: Contract) -> Joined:
    worst: Confidence | None = worse(other.declared, other.computed(thresholds_of(contract)))
    return Joined(
        pk=row.pk,
        reference=other.reference,
        title=other.title,
        stage=other.stage.value,
        rating=str(worst or UNRATED) if other.is_active else "",
        is_archived=other.archived_on is not None,
        note=row.note,
    )
