"""What the addresses answer to whom that mark what is not for publication, and that keep a board's Word template."""

from collections.abc import Mapping
from datetime import UTC, datetime
from hashlib import sha256
from typing import Final

from django.urls import reverse

from contracts.models import Person
from reports.models import Board, PaperTemplate
from tests.addresses.answers import Statuses
from tests.addresses.calendar import KEEPS, SAYS_NOTHING, board
from tests.addresses.drafts import CLOSED, SEES_NO_DRAFT, WRITES, of_draft, of_published
from tests.addresses.stage import Address, Stage, at, reference
from tests.reports.render.council import council_template


def of_template(name: str) -> Address:
    """Once the board has a template."""

    def address(stage: Stage) -> str:
        kept = _template(stage)
        of = [stage.contract.reference, kept.board_id, *([kept.pk] if name == "reports:template_file" else [])]
        return reverse(name, args=of)

    return address


def _template(stage: Stage) -> PaperTemplate:
    content = council_template()
    found, _ = PaperTemplate.objects.get_or_create(
        board=Board.objects.get(contracts=stage.contract),
        defaults={
            "name": "Council report.docx",
            "content": content,
            "sha256": sha256(content).hexdigest(),
            "uploaded_at": datetime(2018, 3, 1, tzinfo=UTC),
            "uploaded_by": Person.objects.all()[0],
        },
    )
    return found


PAGES: Final[Mapping[str, tuple[tuple[Address, Statuses], ...]]] = {
    "reports:exempt": (
        (of_draft("reports:exempt"), WRITES | SEES_NO_DRAFT),
        (of_published("reports:exempt"), WRITES),
    ),
    "reports:paper_template": ((at("reports:paper_template", reference, board), KEEPS),),
    "reports:template_preview": ((of_template("reports:template_preview"), KEEPS),),
    "reports:template_file": ((of_template("reports:template_file"), KEEPS),),
}
# What is sent names no state of what was looked at, so it is taken for a stale page.
ACTIONS: Final[Mapping[str, tuple[tuple[Address, Statuses], ...]]] = {
    "reports:exempt": (
        (of_draft("reports:exempt"), CLOSED | SEES_NO_DRAFT),
        (of_published("reports:exempt"), CLOSED),
    ),
    "reports:paper_template": ((at("reports:paper_template", reference, board), SAYS_NOTHING),),
}
