"""The forms about addenda, and about months published as provisional."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

from django.urls import reverse

from contracts.models import Contract
from contracts.rules.months import parse_month
from reports.models import Board, PublishableMonth
from tests import builders
from tests.builders.issued import with_the_clerk
from tests.posts.form import Form, People

AT = datetime(2018, 3, 13, 9, tzinfo=UTC)


def forms(contract: Contract, board: Board, people: People) -> Iterator[Form]:
    """
    On a report to November 2017 that is with the clerk: December is verified, January is submitted. October stands
    declared, so that it can be withdrawn.
    """
    manager = people["contract_manager"]
    meeting = builders.meeting(board, date(2018, 5, 31))
    builders.review_period(contract, meeting, "2017-09", "2017-11")
    report = with_the_clerk(builders.paper(contract, meeting, date(2018, 3, 12)), manager, AT)
    PublishableMonth.objects.create(
        contract=contract, month=parse_month("2017-10"), reason="It waits.", declared_at=AT, declared_by=manager
    )

    def at(name: str, *of: object) -> tuple[str, str]:
        return f"reports:{name}", reverse(f"reports:{name}", args=[contract.reference, *of])

    name, address = at("addendum", report.pk)
    shared = ("contract_manager",)
    yield Form(name, "officer", address, {"reason": "It is short."}, ("number", "of"), shared)
    name, address = at("publishable")
    yield Form(
        name, "contract_manager", address, {"month": "2018-01", "reason": "It cannot wait."}, ("contract",), shared[1:]
    )
    name, address = at("withdraw_publishable", "2017-10")
    yield Form(name, "contract_manager", address, {}, ("reason",))
