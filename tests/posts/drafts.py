"""The forms about a draft: its words, and having it built again."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from contracts.models import Contract
from reports.models import Board
from tests import builders
from tests.posts.form import NINES, Form


def forms(contract: Contract, board: Board) -> Iterator[Form]:
    """Of the report for a meeting of its own, so that nothing else hangs on it."""
    meeting = builders.meeting(board, date(2018, 10, 18))
    draft = builders.paper(contract, meeting, date(2018, 3, 13))
    address = reverse("reports:words", args=[contract.reference, draft.pk])
    words = {
        "headline": "Nothing failed.",
        "introduction": "An introduction.",
        "recommendation": "That it be noted.",
        "implications": "None.",
        "consultation": "None.",
        "background": "Returns",
        "author": "Head of Contracts",
        "item": "7",
        "remark-kpi-CSC_KPI_01": "The cause is known.",
        "version": "0",
    }
    besides = ("another", "add", "then", "lateness", "remark-project-P001", NINES[:9])
    shared = ("contract_manager",)
    yield Form("reports:words", "officer", address, words, besides, shared)
    again = reverse("reports:rebuild", args=[contract.reference, draft.pk])
    yield Form("reports:rebuild", "officer", again, {"reason": "A correction came."}, ("kind",), shared)
