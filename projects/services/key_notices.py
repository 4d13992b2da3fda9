"""Telling people of nominations and of the key list: after the act, in the same transaction, each of them once."""

from django.conf import settings
from django.urls import reverse

from contracts.models import Contract, Message
from contracts.queries import load_holders
from contracts.rules.months import month_long, month_of
from contracts.services.messages import tell
from projects.models import KeyList, Nomination
from projects.queries.key_duties import clerks, proposers

Kind = Message.Kind


def tell_nominated(nomination: Nomination) -> None:
    """To the officers and the contract manager, who propose."""
    contract, project = nomination.project.contract, nomination.project
    said = (
        f"{nomination.by} nominated {project.reference}, {project.title}, as a key project"
        f" for {nomination.scrutiny_area}.\nReason: {nomination.reason}"
    )
    tell(
        proposers(load_holders(contract)),
        contract=contract,
        kind=Kind.NOMINATED,
        key=f"nominated {nomination.pk}",
        subject=f"Nominated as a key project: {project.reference}",
        body=_body(contract, said, "projects:key"),
        but=nomination.by,
    )


def tell_answered(nomination: Nomination) -> None:
    """To the member who nominated: what became of it, and why."""
    contract, project = nomination.project.contract, nomination.project
    asked = f"You nominated {project.reference}, {project.title}, for {nomination.scrutiny_area}."
    if nomination.taken_up_in is not None:
        said = f"{asked} {project.reference} is now a key project: the Board decided so{_on(nomination)}."
    else:
        said = f"{asked} {project.reference} does not become a key project.\nReason: {nomination.answer}"
    tell(
        [nomination.by],
        contract=contract,
        kind=Kind.NOMINATION_ANSWERED,
        key=f"nomination answered {nomination.pk}",
        subject=f"Your nomination of {project.reference}: {nomination.outcome}",
        body=_body(contract, said, "projects:key"),
        but=nomination.answered_by,
    )


def tell_put_to_board(key_list: KeyList) -> None:
    """To the clerks: a meeting has a list to decide, and its decision is to be recorded."""
    contract, on = key_list.contract, key_list.put_to_board_on
    if on is None:
        return
    day = f"{on.day} {month_long(month_of(on))}"
    tell(
        clerks(),
        contract=contract,
        kind=Kind.KEY_LIST_PUT,
        key=f"key list put {key_list.pk} {on.isoformat()} {key_list.version}",
        subject=f"Key projects for {key_list.board}, {day}",
        body=_body(
            contract,
            f"A list of key projects is put to {key_list.board} on {day}. Record there what the Board decides.",
            "projects:key_proposal",
        ),
    )


def _on(nomination: Nomination) -> str:
    decided = nomination.taken_up_in.decided_on if nomination.taken_up_in else None
    return f" on {decided.day} {month_long(month_of(decided))}" if decided else ""


def _body(contract: Contract, said: str, page: str) -> str:
    address = f"{settings.SITE_URL}{reverse(page, args=[contract.reference])}" if settings.SITE_URL else ""
    return f"{contract.title}\n\n{said}\n" + (f"\n{address}\n" if address else "")
