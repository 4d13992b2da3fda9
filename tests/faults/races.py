"""
Two people who do the same thing at the same moment, again and again: one does it, the other is told, and nothing that
somebody was told is saved goes missing.

Each pair stands at a barrier in threads of their own, on connections of their own, and runs through the services that
the pages call. What comes of it is read from the tables afterwards.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Final

from contracts.models import Contract, Person, ServiceArea
from contracts.rules.months import add_months, parse_month
from contracts.rules.roles import Role
from contracts.services import grant_role
from kpis.models import Entry, Kpi, Relief
from kpis.queries.desk import load_return, load_standing
from kpis.queries.desk_rows import nothing_stands
from kpis.rules.checks import Typed
from kpis.rules.relief import Cause, Decision
from kpis.services import reliefs
from kpis.services.entries import Row, Saved, save_entries
from reports.models import Edition, Paper, PaperRun
from reports.queries.readiness import load_findings
from reports.rules.signatures import key_of
from reports.services import publication, sign_off
from reports.services.acts import ActRefused
from tests import builders
from tests.builders import issued
from tests.faults.pairs import Outcome, Pairs, judge_one, judge_same, two
from tests.people import person

MONTH: Final = parse_month("2018-02")
NOW: Final = datetime(2018, 3, 14, 12, tzinfo=UTC)
LATER: Final = NOW + timedelta(days=1)
TODAY: Final = date(2018, 3, 14)
MEETING_ON: Final = date(2018, 3, 29)
KPIS: Final = 4


def ground(reference: str) -> tuple[Contract, ServiceArea]:
    contract = builders.contract(reference)
    return contract, builders.area(contract)


def holding(role: Role, name: str, contract: Contract) -> Person:
    who = person(f"{name}.{contract.reference.lower()}@example.org", f"{role.value} {name}")
    grant_role(person=who, role=role, contract=None if role is Role.CLERK else contract)
    return who


def race_for_returns(pairs: int, reference: str = "RET") -> Pairs:
    """Two officers have one month's page open; both type into the same row, and another row each."""
    contract, area = ground(reference)
    kpis = [builders.kpi(area, f"CSC_KPI_{number:02}") for number in range(1, KPIS + 1)]
    found = Pairs(pairs)
    officers = [holding(Role.OFFICER, name, contract) for name in ("left", "right")]
    with two(*officers) as pair:
        for number in range(pairs):
            shared = kpis[number % KPIS]
            before = _standing(area, shared)
            row = {who.pk: f"{number}.{side}" for side, who in enumerate(officers)}

            def save(who: Person, kpi: Kpi = shared, at: str = before[1], typed: dict[int, str] = row) -> Saved:
                return _save(area, kpi, at, typed[who.pk], who)

            outcomes = pair.at_once(save, may_refuse=())
            _judge_save(found, number, shared, _standing(area, shared), [row[who.pk] for who in officers], outcomes)
    versions = sum(Entry.objects.filter(kpi__in=kpis).values_list("version", flat=True))
    if versions != found.done:
        found.wrong.append(f"{found.done} saves were accepted, the rows say {versions}")
    return found


def _standing(area: ServiceArea, kpi: Kpi) -> tuple[str, str]:
    """The value and the version that a page would show."""
    area_return = load_return(area, MONTH)
    stands = load_standing(area, MONTH, area_return).get(kpi.pk) or nothing_stands(area_return)
    return stands.typed.value, stands.version


def _save(area: ServiceArea, kpi: Kpi, version: str, value: str, by: Person) -> Saved:
    row = Row(kpi.pk, Typed(value=value), version, "what the page showed")
    return save_entries(area=area, month=MONTH, rows=[row], by=by, at=NOW)


def _judge_save(
    found: Pairs, number: int, kpi: Kpi, stands: tuple[str, str], typed: list[str], outcomes: list[Outcome]
) -> None:
    """One is saved and stands; the other is shown both values, the one that stands among them."""
    saved = [value for value, each in zip(typed, outcomes, strict=True) if kpi.pk in each.value.standing]
    stale = [each.value.stale[kpi.pk] for each in outcomes if kpi.pk in each.value.stale]
    found.done += len(saved)
    found.told += len(stale)
    if len(saved) != 1 or len(stale) != 1:
        found.wrong.append(f"pair {number}: {len(saved)} were told that it is saved, {len(stale)} that it is not")
    elif stands[0] != saved[0] or stale[0].standing.typed.value != saved[0] or stale[0].typed.value not in typed:
        found.wrong.append(f"pair {number}: {saved[0]} was saved, {stands[0]} stands")


def race_for_reliefs(pairs: int, reference: str = "REL") -> Pairs:
    """Two contract managers refuse one request, each in words of their own: it has one decision, and whose it is."""
    contract, area = ground(reference)
    kpi = builders.kpi(area)
    supplier = holding(Role.SUPPLIER, "asks", contract)
    managers = [holding(Role.CONTRACT_MANAGER, name, contract) for name in ("left", "right")]
    found = Pairs(pairs)
    with two(*managers) as pair:
        for number in range(pairs):
            month = add_months(parse_month("2017-01"), number % 12)
            relief = reliefs.ask_relief(
                contract=contract, by=supplier, on=TODAY, kpis=[kpi], is_blanket=False, from_month=month,
                to_month=month, cause=Cause.THIRD_PARTY, narrative=f"Line {number} was cut.",
            )  # fmt: skip

            def decide(who: Person, relief: Relief = relief) -> Relief:
                return reliefs.decide_relief(
                    relief=relief, by=who, on=TODAY, decision=Decision.REFUSED, reason=f"{who.job_title} says so.",
                    version=relief.version,
                )  # fmt: skip

            asked = relief.history.count()
            outcomes = pair.at_once(decide, may_refuse=(reliefs.ReliefRefused,))
            row = Relief.objects.get(pk=relief.pk)
            judge_one(found, number, outcomes, row.history.count() - asked)
            winner = next((each.value for each in outcomes if each.value is not None), row)
            if (row.decision_reason, row.version) != (winner.decision_reason, relief.version + 1):
                found.wrong.append(f"pair {number}: the decision that stands is not the one that was accepted")
    return found


def race_to_sign(pairs: int, reference: str = "SIG") -> Pairs:
    """Two contract managers sign one draft off: one signature, one run; then both take it back: once."""
    paper, managers = a_draft(reference)
    found = Pairs(2 * pairs)
    accepted = {key_of(each): "It may stand." for each in load_findings(paper, TODAY)}
    with two(*managers) as pair:
        for number in range(pairs):
            signed = pair.at_once(
                lambda who: sign_off.sign_off(paper, by=who, at=NOW, on=TODAY, accepted=accepted),
                may_refuse=(ActRefused,),
            )
            judge_one(found, number, signed, paper.acts.filter(kind="signed off").count() - number)
            taken = pair.at_once(
                lambda who: sign_off.take_back(paper, by=who, at=NOW, reason="A month is missing."),
                may_refuse=(ActRefused,),
            )
            judge_one(found, number, taken, paper.acts.filter(kind="taken back").count() - number)
    return found


def race_to_publish(pairs: int, reference: str = "PUB") -> Pairs:
    """Two clerks record one publication: it is recorded once, and the Board is told once."""
    paper, managers = a_draft(reference)
    issued.with_the_clerk(paper, managers[0], NOW)
    found = Pairs(pairs)
    with two(*(holding(Role.CLERK, name, paper.contract) for name in ("first", "second"))) as pair:
        for number in range(pairs):
            where = f"https://council.example.org/meetings/{number}"
            published_at = NOW + timedelta(minutes=number)

            def record(who: Person, where: str = where, at: datetime = published_at) -> object:
                return publication.record_publication(paper, by=who, published_at=at, address=where, now=at)

            answers = {each.value for each in pair.at_once(record, may_refuse=())}
            judge_same(found, number, answers, paper.acts.filter(kind="published").count() - number)
    return found


def race_to_hand_over(pairs: int, reference: str = "HAN") -> Pairs:
    """Two contract managers hand one paper to the clerk: both are shown the one run that prints and freezes it."""
    paper, managers = a_draft(reference)
    issued.act(paper, "signed off", managers[0], NOW, status="signed off")
    runs = PaperRun.objects.filter(contract=paper.contract, edition=Edition.FINAL)
    found = Pairs(pairs)
    with two(*managers) as pair:
        for number in range(pairs):
            handed = pair.at_once(lambda who: sign_off.hand_over(paper, by=who, on=TODAY, now=NOW), may_refuse=())
            judge_same(found, number, {each.value.pk for each in handed}, runs.count())
            runs.delete()
    return found


def race_to_hand_over_or_take_back(pairs: int, reference: str = "HOT") -> Pairs:
    """One hands a signed paper to the clerk while the other takes the sign-off back: one of the two happens."""
    paper, managers = a_draft(reference)
    found = Pairs(pairs)
    with two(*managers) as pair:
        for number in range(pairs):
            issued.act(paper, "signed off", managers[0], NOW + timedelta(minutes=number), status="signed off")
            outcomes = pair.at_once(
                lambda who: sign_off.hand_over(paper, by=who, on=TODAY, now=NOW),
                lambda who: sign_off.take_back(paper, by=who, at=LATER, reason="A month is missing."),
                may_refuse=(ActRefused,),
            )
            runs = PaperRun.objects.filter(contract=paper.contract, edition=Edition.FINAL)
            paper.refresh_from_db()
            judge_one(found, number, outcomes, runs.count() + (paper.status == Paper.Status.DRAFT))
            runs.delete()
    return found


def race_to_withdraw(pairs: int, reference: str = "WIT") -> Pairs:
    """Two clerks withdraw one paper: it is withdrawn once, with the reason of who was quicker."""
    found = Pairs(pairs)
    for number in range(pairs):
        paper, managers = a_draft(f"{reference}{number}")
        issued.with_the_clerk(paper, managers[0], NOW)
        with two(*(holding(Role.CLERK, name, paper.contract) for name in ("first", "second"))) as pair:

            def withdraw(who: Person, paper: Paper = paper) -> object:
                return publication.withdraw(paper, by=who, reason=f"{who.job_title} says so.", at=NOW)

            outcomes = pair.at_once(withdraw, may_refuse=(ActRefused,))
        judge_one(found, number, outcomes, paper.acts.filter(kind="withdrawn").count())
    return found


def a_draft(reference: str) -> tuple[Paper, list[Person]]:
    """Of three verified months, ready to be signed off by either manager."""
    contract, area = ground(reference)
    kpi = builders.kpi(area)
    builders.results(kpi, "2017-11", ["95", "94", "93"])
    builders.returns(area, "2017-11", "2018-01")
    meeting = builders.meeting(builders.board(contract, name=f"Board of {reference}"), MEETING_ON)
    builders.review_period(contract, meeting, "2017-11", "2018-01")
    managers = [holding(Role.CONTRACT_MANAGER, name, contract) for name in ("left", "right")]
    return issued.as_built_now(builders.paper(contract, meeting, TODAY), TODAY), managers


RACES: Final[dict[str, Callable[[int], Pairs]]] = {
    "returns": race_for_returns,
    "reliefs": race_for_reliefs,
    "sign-off": race_to_sign,
    "hand-over": race_to_hand_over,
    "hand-over or taking back": race_to_hand_over_or_take_back,
    "publication": race_to_publish,
    "withdrawal": race_to_withdraw,
}
