"""From a draft to the clerk: signing off, signing as the second person, taking back, handing over."""

from django.http import HttpResponse
from django.utils import timezone

from contracts.http import PageRequest, takes_a_form
from contracts.queries import instant_on
from reports.forms.publication import HandOverForm, NothingMoreForm, ReasonForm, SignOffForm
from reports.queries.deeds import Case, may_do
from reports.queries.lateness import lateness_of
from reports.queries.signing import load_before_signing
from reports.rules.readiness import Finding
from reports.services import sign_off as services
from reports.views.acting import Kind, act_page, acted_on, show_act, typed
from reports.views.papers import note_findings

OWN_SIGNATURE = "You signed it off yourself: the second signature is somebody else’s."
SIGN_OFF, TAKE_BACK, HAND_OVER = "reports:sign_off", "reports:take_back", "reports:hand_over"


@takes_a_form
def sign_off(request: PageRequest, contract: str, paper: int) -> HttpResponse:
    """The contract manager's signature; or the second one, on a draft that waits for it."""
    case = acted_on(request, contract, paper, SIGN_OFF)
    if case.standing.waits_for_second:
        return _countersign(request, case)
    findings, why = _before_signing(request, case, request.user.pk, str(request.user))
    form = SignOffForm(typed(request), findings=[each for each in findings if not each.blocks])

    def do() -> str:
        signed = services.sign_off(
            case.paper,
            by=request.user,
            at=instant_on(request.today),
            on=request.today,
            accepted=form.cleaned_data,
        )
        if signed.awaits:
            return "You have signed it off. It waits for a second person, who was told."
        return "It is signed off, and is printed once more as such."

    values = {
        "heading": "Sign it off",
        "button": "Sign it off",
        "look": "",
        "second": False,
        "why_second": why,
        "blocking": _blocking(findings),
    }
    if form.is_giving:
        return show_act(request, case, SIGN_OFF, "reports/sign_off.html", form, values)
    return act_page(request, case, SIGN_OFF, "reports/sign_off.html", form, do, {Kind.SIGNED_OFF}, values)


def _countersign(request: PageRequest, case: Case) -> HttpResponse:
    signed = case.life.signed
    signer, name = (signed.by_pk, signed.by) if signed else (request.user.pk, str(request.user))
    findings, why = _before_signing(request, case, signer, name)

    def do() -> str:
        services.countersign(case.paper, by=request.user, at=instant_on(request.today), on=request.today)
        return "It is signed off by both of you, and is printed once more as such."

    values = {
        "heading": "Sign it off as the second person",
        "button": "Sign it off",
        "look": "",
        "second": True,
        "why_second": why,
        "blocking": _blocking(findings),
        "why_not": OWN_SIGNATURE if signer == request.user.pk else "",
    }
    leaves = {Kind.SIGNED_OFF, Kind.COUNTERSIGNED}
    return act_page(
        request, case, SIGN_OFF, "reports/sign_off.html", NothingMoreForm(typed(request)), do, leaves, values
    )


@takes_a_form
def take_back(request: PageRequest, contract: str, paper: int) -> HttpResponse:
    """Making a draft again of what was signed off."""
    case = acted_on(request, contract, paper, TAKE_BACK)
    form = ReasonForm(typed(request), label="Why it is taken back", hint="It stays on record beside the sign-off.")

    def do() -> str:
        services.take_back(
            case.paper, by=request.user, at=instant_on(request.today), reason=form.cleaned_data["reason"]
        )
        return "The sign-off is taken back: it is a draft again."

    values = {
        "heading": "Take the sign-off back",
        "button": "Take it back",
        "look": "warning",
        "lines": ["It becomes a draft again, which can be edited and built again. What was signed no longer counts."],
    }
    return act_page(request, case, TAKE_BACK, "reports/reason.html", form, do, {Kind.TAKEN_BACK}, values)


@takes_a_form
def hand_over(request: PageRequest, contract: str, paper: int) -> HttpResponse:
    """Having the final paper printed and frozen for the clerk, with the reason where it comes late."""
    case = acted_on(request, contract, paper, HAND_OVER)
    late = lateness_of(case.paper, request.today)
    form = HandOverForm(typed(request), is_late=late.is_needed, initial={"lateness": late.reason})

    def do() -> str:
        services.hand_over(
            case.paper,
            by=request.user,
            on=request.today,
            now=timezone.now(),
            lateness=form.cleaned_data.get("lateness", ""),
        )
        return "It is being printed and frozen. The clerk is told as soon as it is there."

    values = {"button": "Freeze it and hand it over", "look": "", "lateness": late}
    return act_page(request, case, HAND_OVER, "reports/hand_over.html", form, do, {Kind.HANDED_OVER}, values)


def _before_signing(request: PageRequest, case: Case, signer: int, name: str) -> tuple[tuple[Finding, ...], str]:
    """What there is to look at, where the paper is to be signed; and why somebody else signs beside the signer."""
    is_to_sign = may_do(SIGN_OFF, case)
    if is_to_sign:
        note_findings(request, case.paper)
    return load_before_signing(case.paper, request.today, signer=signer, name=name, is_to_sign=is_to_sign)


def _blocking(findings: tuple[Finding, ...]) -> list[Finding]:
    return [each for each in findings if each.blocks]
