"""E-mails about disputes, written in the transaction of the act and told once to each person, never to who acted."""

from django.urls import reverse

from contracts.models import Message
from contracts.queries import load_holders
from contracts.rules.roles import Role
from contracts.services.messages import tell
from kpis.models import Dispute
from kpis.rules.disputes import State
from kpis.services.disputes.refusals import named
from kpis.services.notices import link

Kind = Message.Kind


def tell_disputed(dispute: Dispute, figure: str) -> None:
    """To the contract manager, who answers, and the officers of the area: which figure, and what is said of it."""
    claimed = f"\nThe supplier holds {dispute.claimed} to be right." if dispute.claimed else ""
    _tell_the_authority(
        dispute,
        key=f"disputed {dispute.pk}",
        subject=f"Disputed: {named(dispute.result)}",
        said=(
            f"The supplier disputes the verified figure of {named(dispute.result)}, {figure}.\n"
            f"{dispute.note}{claimed}\n"
            "The figure counts as it stands until it is corrected."
        ),
    )


def tell_withdrawn(dispute: Dispute) -> None:
    """To the same people: the supplier took it back."""
    _tell_the_authority(
        dispute,
        key=f"dispute withdrawn {dispute.pk}",
        subject=f"Dispute withdrawn: {named(dispute.result)}",
        said=f"The supplier no longer disputes the figure of {named(dispute.result)}.",
    )


def tell_answered(dispute: Dispute) -> None:
    """To the supplier's people of the area, and to who raised it: upheld or not, and why."""
    contract, area = dispute.result.kpi.contract, dispute.result.kpi.service_area_id
    follows = " The month is reopened to correct it." if dispute.state == State.UPHELD else " The figure stands."
    tell(
        (*load_holders(contract).of(Role.SUPPLIER, area), dispute.raised_by),
        contract=contract,
        kind=Kind.DISPUTE_ANSWERED,
        key=f"dispute answered {dispute.pk}",
        subject=f"Dispute {dispute.state}: {named(dispute.result)}",
        body=_body(
            dispute,
            f"Your dispute of the figure of {named(dispute.result)} is {dispute.state}.{follows}\n"
            f"Answer: {dispute.answer}",
        ),
        but=dispute.settled_by,
    )


def _tell_the_authority(dispute: Dispute, *, key: str, subject: str, said: str) -> None:
    contract, area = dispute.result.kpi.contract, dispute.result.kpi.service_area_id
    holders = load_holders(contract)
    tell(
        (*holders.of(Role.CONTRACT_MANAGER), *holders.of(Role.OFFICER, area)),
        contract=contract,
        kind=Kind.DISPUTED,
        key=key,
        subject=subject,
        body=_body(dispute, said),
        but=dispute.settled_by or dispute.raised_by,
    )


def _body(dispute: Dispute, said: str) -> str:
    contract = dispute.result.kpi.contract
    return f"{contract.title}\n\n{said}\n{link(reverse('kpis:dispute', args=[contract.reference, dispute.pk]))}"
