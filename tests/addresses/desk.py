"""What the pages of a paper's life answer to whom: its desk, its files, its acts, and what everybody reads of it."""

from collections.abc import Mapping
from typing import Final

from reports.models import FrozenFile, FrozenPaper
from tests.addresses.answers import CONFLICT, FREE, NOT_TO_DO, OF_ITS_DRAFTS, OF_THE_CONTRACT, Statuses
from tests.addresses.stage import Address, Stage, at, reference

Rows = tuple[tuple[Address, Statuses], ...]

SEES_NO_DRAFT: Final = dict.fromkeys(("board_member", "project_manager", "supplier"), 404)
SIGNS: Final = ("contract_manager",)
PUBLISHES: Final = ("clerk",)
UPLOADS: Final = ("contract_manager", "clerk")
REMOVES: Final = (*UPLOADS, "administrator")
TAKES_ZIP: Final = NOT_TO_DO | dict.fromkeys(REMOVES, 200)


def draft(stage: Stage) -> int:
    return stage.draft.pk


def published(stage: Stage) -> int:
    return stage.published.pk


def frozen_file(stage: Stage) -> str:
    return FrozenFile.objects.get(frozen__paper=stage.published).name


def uploaded(stage: Stage) -> int:
    return stage.published.uploaded.get().pk


def signed_off_file(stage: Stage) -> str:
    return stage.published.files.get(edition="signed off").name


def public(stage: Stage) -> str:
    return FrozenPaper.objects.get(paper=stage.published).address


def act(name: str, who: tuple[str, ...], on_draft: int, on_published: int, *more: str) -> Rows:
    """The page of an act on a draft that nobody signed, and on a paper that was published in time."""
    after = NOT_TO_DO | dict.fromkeys((*who, *more), on_published)
    before = NOT_TO_DO | dict.fromkeys(who, on_draft) | dict.fromkeys(more, CONFLICT) | SEES_NO_DRAFT
    return (at(name, reference, draft), before), (at(name, reference, published), after)


ACTS: Final[Mapping[str, Rows]] = {
    "reports:sign_off": act("reports:sign_off", SIGNS, 200, CONFLICT, "officer", "administrator"),
    "reports:take_back": act("reports:take_back", SIGNS, CONFLICT, CONFLICT),
    "reports:hand_over": act("reports:hand_over", SIGNS, CONFLICT, CONFLICT),
    "reports:record_publication": act("reports:record_publication", PUBLISHES, CONFLICT, 200),
    "reports:record_urgency": act("reports:record_urgency", PUBLISHES, CONFLICT, CONFLICT),
    "reports:withdraw_paper": act("reports:withdraw_paper", PUBLISHES, CONFLICT, 200),
    "reports:upload_edition": act("reports:upload_edition", UPLOADS, CONFLICT, 200),
    "reports:ask_removal": act("reports:ask_removal", REMOVES, CONFLICT, 200),
    "reports:confirm_removal": act("reports:confirm_removal", REMOVES, CONFLICT, CONFLICT),
    "reports:refuse_removal": act("reports:refuse_removal", REMOVES, CONFLICT, CONFLICT),
}
PAGES: Final[Mapping[str, Rows]] = {
    "reports:papers": ((at("reports:papers", reference), OF_THE_CONTRACT),),
    "reports:signed_off_file": ((at("reports:signed_off_file", reference, published, signed_off_file), OF_ITS_DRAFTS),),
    "reports:frozen_file": ((at("reports:frozen_file", reference, published, frozen_file), OF_THE_CONTRACT),),
    "reports:uploaded_edition": ((at("reports:uploaded_edition", reference, published, uploaded), OF_THE_CONTRACT),),
    "reports:paper_zip": (
        (at("reports:paper_zip", reference, published), TAKES_ZIP),
        (at("reports:paper_zip", reference, draft), TAKES_ZIP | dict.fromkeys(REMOVES, 404) | SEES_NO_DRAFT),
    ),
    "public_papers": ((at("public_papers"), FREE),),
    "public_paper": ((at("public_paper", public), FREE),),
    "public_file": ((at("public_file", public, frozen_file), FREE),),
    **ACTS,
}
# Nothing is done by a page that does not say what it has shown.
ACTIONS: Final[Mapping[str, Rows]] = {
    name: tuple(
        (address, {who: CONFLICT if status == 200 else status for who, status in expected.items()})
        for address, expected in rows
    )
    for name, rows in ACTS.items()
}
