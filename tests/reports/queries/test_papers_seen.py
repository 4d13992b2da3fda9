"""Which papers a person sees of one contract is decided alike by what they hold and by the tables."""

from datetime import date

from contracts.models import Contract
from contracts.queries import load_ground
from reports.models import Paper
from tests import builders
from tests.builders.issued import act
from tests.people import Cast

ON = date(2018, 3, 14)


def test_the_papers_seen_at_a_contract_are_those_visible_of_it(contract: Contract, cast: Cast) -> None:
    area = contract.service_areas.first() or builders.area(contract)
    builders.results(builders.kpi(area), "2018-01", ["95"])
    builders.returns(area, "2018-01", "2018-01")
    board = builders.board(contract)
    for number, state in enumerate(("draft", "signed off", "with the clerk", "published", "withdrawn", "removed")):
        meeting = builders.meeting(board, date(2018, 4, 1 + number))
        paper = builders.paper(contract, meeting, ON)
        Paper.objects.filter(pk=paper.pk).update(status=state)
    withdrawn = Paper.objects.get(status="withdrawn")
    act(withdrawn, "published", cast.clerk, withdrawn.made_at)
    builders.operational_report(contract, "2018-02", ON)
    everybody = dict(cast.everybody())
    seen = {}
    for name, person in everybody.items():
        held = load_ground(person).held
        if held.sees(contract.reference):
            seen[name] = set(Paper.objects.seen_at(contract, held).values_list("status", "kind"))
            assert seen[name] == set(Paper.objects.visible_to(person).values_list("status", "kind")), name
    assert len({frozenset(each) for each in seen.values()}) > 2, "what they see differs"
