"""Whose an act is: asked again by whatever writes, whoever has asked before. Not yours to do is PermissionDenied."""

from django.core.exceptions import PermissionDenied

from contracts.models import Contract, Person
from projects.models import Project
from projects.queries.duties import load_portfolio_duties
from projects.queries.key_duties import load_key_duties


class NotYours(PermissionDenied):
    """Somebody tried what belongs to others; the words say to whom."""


def must_edit(by: Person, contract: Contract) -> None:
    if not load_portfolio_duties(by, contract).may_edit:
        raise NotYours(f"The register of {contract.reference} is kept by administrators.")


def must_agree(by: Person, contract: Contract) -> None:
    if not load_portfolio_duties(by, contract).may_rebaseline:
        raise NotYours(f"Another finish is agreed by the contract manager of {contract.reference}.")


def must_post(by: Person, project: Project) -> None:
    if not Project.objects.filter(pk=project.pk).updated_by(by).exists():
        raise NotYours(f"The updates of {project.reference} are posted by its project manager.")


def must_propose(by: Person, contract: Contract) -> None:
    if not load_key_duties(by, contract).may_propose:
        raise NotYours(f"Officers and the contract manager of {contract.reference} propose its key projects.")


def must_record(by: Person, contract: Contract) -> None:
    if not load_key_duties(by, contract).may_decide:
        raise NotYours("What the Board decided is recorded by the clerk or the contract manager.")


def must_set_chairs(by: Person, contract: Contract) -> None:
    if not load_key_duties(by, contract).may_set_chairs:
        raise NotYours("Administrators say who chairs a scrutiny area.")
