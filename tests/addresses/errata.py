"""What the pages about errata answer to whom: the list to everybody who sees the paper, the slip to its writers."""

from collections.abc import Mapping
from typing import Final

from django.urls import reverse

from tests.addresses.answers import DECIDES_RELIEF, OF_ITS_DRAFTS, OF_THE_CONTRACT, PROPOSES, Statuses
from tests.addresses.stage import Address, Stage, at, reference

SEES_NO_DRAFT: Final = dict.fromkeys(("board_member", "project_manager", "supplier"), 404)
WRITES: Final[Statuses] = PROPOSES
# There is nothing to issue: that is said on the page of the errata.
REFUSED: Final[Statuses] = {who: 302 if status == 200 else status for who, status in WRITES.items()}


def of_draft(name: str) -> Address:
    return at(name, reference, lambda stage: stage.draft.pk)


def of_published(name: str) -> Address:
    return at(name, reference, lambda stage: stage.published.pk)


def of_sentence(stage: Stage) -> str:
    """One that people wrote into the published paper, and in which a number moved."""
    paper = stage.published
    return reverse("reports:typed_words", args=[reference(stage), paper.pk, paper.typed_words.get().pk])


PAGES: Final[Mapping[str, tuple[tuple[Address, Statuses], ...]]] = {
    "reports:errata": (
        (of_draft("reports:errata"), OF_ITS_DRAFTS),
        (of_published("reports:errata"), OF_THE_CONTRACT),
    ),
    "reports:typed_words": ((of_sentence, DECIDES_RELIEF),),
}
ACTIONS: Final[Mapping[str, tuple[tuple[Address, Statuses], ...]]] = {
    # Nothing was chosen: the page says so.
    "reports:typed_words": ((of_sentence, DECIDES_RELIEF | {"contract_manager": 422}),),
    "reports:errata_slip": (
        (of_draft("reports:errata_slip"), REFUSED | SEES_NO_DRAFT),
        (of_published("reports:errata_slip"), REFUSED),
    ),
}
