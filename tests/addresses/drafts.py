"""What the pages about a draft answer to whom: its words, its building again, its checks, and two papers compared."""

from collections.abc import Mapping
from typing import Final

from tests.addresses.answers import NOBODY, OF_ITS_DRAFTS, OF_THE_CONTRACT, PROPOSES, Statuses
from tests.addresses.stage import Address, at, reference

SEES_NO_DRAFT: Final = dict.fromkeys(("board_member", "project_manager", "supplier"), 404)
WRITES: Final[Statuses] = PROPOSES
WRITTEN: Final[Statuses] = {who: 302 if status == 200 else status for who, status in WRITES.items()}
CLOSED: Final[Statuses] = {who: 409 if status == 200 else status for who, status in WRITES.items()}


def of_draft(name: str) -> Address:
    return at(name, reference, lambda stage: stage.draft.pk)


def of_published(name: str) -> Address:
    return at(name, reference, lambda stage: stage.published.pk)


PAGES: Final[Mapping[str, tuple[tuple[Address, Statuses], ...]]] = {
    "reports:words": (
        (of_draft("reports:words"), WRITES | SEES_NO_DRAFT),
        (of_published("reports:words"), WRITES),
        (at("reports:words", reference, lambda stage: stage.operational.pk), dict.fromkeys(WRITES, 404) | NOBODY),
    ),
    "reports:readiness": (
        (of_draft("reports:readiness"), OF_ITS_DRAFTS),
        (of_published("reports:readiness"), OF_ITS_DRAFTS),
    ),
    "reports:compare": (
        (of_draft("reports:compare"), OF_ITS_DRAFTS),
        (of_published("reports:compare"), OF_THE_CONTRACT),
    ),
}
ACTIONS: Final[Mapping[str, tuple[tuple[Address, Statuses], ...]]] = {
    "reports:words": (
        (of_draft("reports:words"), WRITTEN | SEES_NO_DRAFT),
        (of_published("reports:words"), CLOSED),
    ),
    "reports:rebuild": (
        (of_draft("reports:rebuild"), WRITTEN | SEES_NO_DRAFT),
        (of_published("reports:rebuild"), WRITTEN),
    ),
}
