"""The forms that mark what is not for publication, and that hand in a board's Word template."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from contracts.models import Contract
from reports.models import Board
from reports.queries.exempt import state_of
from tests import builders
from tests.posts.form import Form
from tests.reports.render.council import council_template


def forms(contract: Contract, board: Board) -> Iterator[Form]:
    """Of the report for a meeting of its own, so that nothing else hangs on it."""
    draft = builders.paper(contract, builders.meeting(board, date(2018, 8, 30)), date(2018, 3, 13))
    marks = {
        "requests-withheld": "on",
        "requests-paragraph": "3",
        "requests-interest": "It would weaken the council.",
        "state": state_of([]),
        "appendix-1-title": "The offer",
        "appendix-1-text": "A rebate was offered.",
        "appendix-1-paragraph": "3",
        "appendix-1-interest": "A tender is at stake.",
    }
    besides = (
        "appendix-2-title",
        "appendix-99-text",
        "kpis-withheld",
        "kpis-paragraph",
        "projects-interest",
        "section",
    )
    address = reverse("reports:exempt", args=[contract.reference, draft.pk])
    yield Form("reports:exempt", "officer", address, marks, besides, ("contract_manager",))
    address = reverse("reports:paper_template", args=[contract.reference, board.pk])
    file = (("file", "Council report.docx", council_template()),)
    yield Form("reports:paper_template", "clerk", address, {}, ("name", "sha256"), ("administrator",), file)
