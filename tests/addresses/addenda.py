"""What the pages about addenda, and about months published as provisional, answer to whom."""

from collections.abc import Mapping
from typing import Final

from tests.addresses.answers import NOT_TO_DO, OF_ITS_DRAFTS, PROPOSES, Statuses
from tests.addresses.stage import Address, at, reference

SEES_NO_DRAFT: Final = dict.fromkeys(("board_member", "project_manager", "supplier"), 404)
ASKS: Final[Statuses] = PROPOSES
# What is sent is empty: the form is shown again.
SAYS_NOTHING: Final[Statuses] = {who: 422 if status == 200 else status for who, status in ASKS.items()}
DECLARES: Final[Statuses] = NOT_TO_DO | SEES_NO_DRAFT | {"contract_manager": 422}
WITHDRAWS: Final[Statuses] = {who: 302 if status == 422 else status for who, status in DECLARES.items()}
OF_PUBLISHED: Final = at("reports:addendum", reference, lambda stage: stage.published.pk)
OF_A_DRAFT: Final = at("reports:addendum", reference, lambda stage: stage.draft.pk)

PAGES: Final[Mapping[str, tuple[tuple[Address, Statuses], ...]]] = {
    "reports:addendum": ((OF_PUBLISHED, ASKS), (OF_A_DRAFT, ASKS | SEES_NO_DRAFT)),
    "reports:publishable": ((at("reports:publishable", reference), OF_ITS_DRAFTS),),
}
ACTIONS: Final[Mapping[str, tuple[tuple[Address, Statuses], ...]]] = {
    "reports:addendum": ((OF_PUBLISHED, SAYS_NOTHING), (OF_A_DRAFT, SAYS_NOTHING | SEES_NO_DRAFT)),
    "reports:publishable": ((at("reports:publishable", reference), DECLARES),),
    "reports:withdraw_publishable": ((at("reports:withdraw_publishable", reference, lambda _: "2018-02"), WITHDRAWS),),
}
