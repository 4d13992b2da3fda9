"""The form that has a slip of errata written."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

from django.urls import reverse

from contracts.models import Contract
from reports.models import Board
from tests import builders
from tests.builders.issued import erratum, typed_words, with_the_clerk
from tests.posts.form import Form, People

AT = datetime(2018, 3, 13, 9, tzinfo=UTC)


def forms(contract: Contract, board: Board, people: People) -> Iterator[Form]:
    """On a report that is with the clerk, and of which a correction has moved a number."""
    # After every other: an earlier paper of theirs would tell the erratum.
    meeting = builders.meeting(board, date(2020, 7, 30))
    builders.review_period(contract, meeting, "2017-11", "2017-11")
    draft = builders.paper(contract, meeting, date(2018, 3, 12))
    report = with_the_clerk(draft, people["contract_manager"], AT)
    erratum(draft)
    address = reverse("reports:errata_slip", args=[contract.reference, report.pk])
    shared = ("contract_manager",)
    sentence = typed_words(report)
    said = {"outcome": "worded", "should_read": "30 KPIs met their target.", "reason": ""}
    words = reverse("reports:typed_words", args=[contract.reference, report.pk, sentence.pk])
    yield Form("reports:typed_words", "contract_manager", words, said)
    yield Form("reports:errata_slip", "officer", address, {}, ("number", "of"), shared)
