"""What follows once a paper is with the clerk: publication, urgency, withdrawal, removal, files edited elsewhere."""

from datetime import date

from django.conf import settings
from django.http import HttpResponse
from django.utils import timezone

from contracts.http import PageRequest, takes_a_form
from contracts.queries import instant_on
from contracts.uploads import UploadRefused
from reports.forms.publication import (
    NothingMoreForm,
    PublicationForm,
    ReasonForm,
    RemovalForm,
    UploadForm,
    UrgencyForm,
)
from reports.models.paper import Audience
from reports.queries.deeds import Case
from reports.queries.desk import load_desk
from reports.rules.publication import Timing
from reports.rules.retention import kept_until
from reports.services import publication as services
from reports.services import removal, uploaded
from reports.services.acts import ActRefused
from reports.views.acting import Kind, act_page, acted_on, typed

PUBLISH, URGENCY, WITHDRAW = "reports:record_publication", "reports:record_urgency", "reports:withdraw_paper"
UPLOAD = "reports:upload_edition"
ASK, CONFIRM, REFUSE = "reports:ask_removal", "reports:confirm_removal", "reports:refuse_removal"


class WrongFile(ActRefused):
    """The file that was chosen is none that can be kept."""

    field = "file"


@takes_a_form
def record_publication(request: PageRequest, contract: str, paper: int) -> HttpResponse:
    """When and where it was published, held against the clear days at once."""
    case = acted_on(request, contract, paper, PUBLISH)
    known, now = case.life.published, instant_on(request.today)
    begin = timezone.localtime(known.published_at if known and known.published_at else now)
    initial = {
        "published_at": begin.date(),
        "published_time": begin.strftime("%H:%M"),
        "address": known.address if known else "",
    }
    form = PublicationForm(typed(request), initial=initial)

    def do() -> str:
        timing = services.record_publication(
            case.paper, by=request.user, published_at=form.moment, address=form.cleaned_data["address"], now=now
        )
        return f"Its publication is recorded.{_in_words(timing)}"

    values = {"button": "Record the publication", "look": ""}
    return act_page(request, case, PUBLISH, "reports/record_publication.html", form, do, {Kind.PUBLISHED}, values)


@takes_a_form
def record_urgency(request: PageRequest, contract: str, paper: int) -> HttpResponse:
    """The Chair's opinion why a late paper is considered."""
    case = acted_on(request, contract, paper, URGENCY)
    form = UrgencyForm(typed(request), initial={"words": case.life.urgent.words if case.life.urgent else ""})

    def do() -> str:
        words = form.cleaned_data["words"]
        services.record_urgency(case.paper, by=request.user, words=words, at=instant_on(request.today))
        return "The Chair’s reason for urgency is recorded."

    values = {
        "heading": "Record the Chair’s reason for urgency",
        "button": "Record it",
        "look": "",
        "lines": [
            "A paper that came late is considered only where the Chair holds it urgent, for reasons that the minutes"
            " give. They stand at the head of the paper from then on, for everybody who reads it.",
            case.standing.timing,
        ],
    }
    return act_page(request, case, URGENCY, "reports/reason.html", form, do, {Kind.URGENT}, values)


@takes_a_form
def withdraw(request: PageRequest, contract: str, paper: int) -> HttpResponse:
    """Taking it back from the public and from members, with the reason."""
    case = acted_on(request, contract, paper, WITHDRAW)
    form = ReasonForm(typed(request), label="Why it is withdrawn", hint="Everybody who opens its address reads it.")

    def do() -> str:
        reason = form.cleaned_data["reason"]
        services.withdraw(case.paper, by=request.user, reason=reason, at=instant_on(request.today))
        return "The paper is withdrawn. Its title and the reason stay at its address."

    values = {"button": "Withdraw it", "look": "warning"}
    return act_page(request, case, WITHDRAW, "reports/withdraw.html", form, do, {Kind.WITHDRAWN}, values)


@takes_a_form
def ask_removal(request: PageRequest, contract: str, paper: int) -> HttpResponse:
    """The first of the two who remove a paper's contents."""
    case = acted_on(request, contract, paper, ASK)
    form = RemovalForm(
        typed(request),
        label="Reason",
        hint="It stays on record and is read by everybody who opens the paper’s address. Do not repeat what must go.",
        initial={"ground": removal.Ground.PAST_RETENTION if _until(case) < request.today else ""},
    )

    def do() -> str:
        said = form.cleaned_data
        removal.ask_removal(
            case.paper,
            by=request.user,
            ground=said["ground"],
            reason=said["reason"],
            at=instant_on(request.today),
            on=request.today,
        )
        return "Its removal is asked for. Somebody else confirms it before anything goes."

    values = _gone(request, case, "Ask for its removal", "Ask for its removal")
    return act_page(request, case, ASK, "reports/removal.html", form, do, {Kind.REMOVAL_ASKED}, values)


@takes_a_form
def confirm_removal(request: PageRequest, contract: str, paper: int) -> HttpResponse:
    """The second of the two: the contents go."""
    case = acted_on(request, contract, paper, CONFIRM)
    asked = case.life.removal_asked

    def do() -> str:
        removal.confirm_removal(case.paper, by=request.user, at=instant_on(request.today))
        return "Its contents are removed. Its title, the hashes, the reason and both of you stay on record."

    values = _gone(request, case, "Confirm the removal", "Remove the contents")
    if asked is not None and asked.by_pk == request.user.pk:
        values["why_not"] = "You asked for its removal yourself: somebody else confirms it."
    form = NothingMoreForm(typed(request))
    return act_page(request, case, CONFIRM, "reports/removal.html", form, do, {Kind.REMOVED}, values)


@takes_a_form
def refuse_removal(request: PageRequest, contract: str, paper: int) -> HttpResponse:
    """Leaving the paper as it is; who asked takes it back so."""
    case = acted_on(request, contract, paper, REFUSE)
    form = ReasonForm(typed(request), label="Why it is not removed", hint="It stays on record.")

    def do() -> str:
        reason = form.cleaned_data["reason"]
        removal.refuse_removal(case.paper, by=request.user, reason=reason, at=instant_on(request.today))
        return "The removal is refused: the paper stays as it is."

    values = {"heading": "Refuse the removal", "button": "Refuse it", "look": "", "refuses": True}
    return act_page(request, case, REFUSE, "reports/removal.html", form, do, {Kind.REMOVAL_REFUSED}, values)


@takes_a_form
def upload_edition(request: PageRequest, contract: str, paper: int) -> HttpResponse:
    """Keeping a file beside ours that the council edited before it published it."""
    case = acted_on(request, contract, paper, UPLOAD)
    files = request.FILES if request.method == "POST" else None
    form = UploadForm(typed(request), files, most_mb=settings.UPLOAD_MAX_MB, initial={"audience": Audience.PUBLIC})
    if not case.paper.has_exempt_part:
        del form.fields["audience"]

    def do() -> str:
        said = form.cleaned_data
        try:
            kept = uploaded.upload_edition(
                case.paper,
                file=said["file"].file,
                name=said["file"].name,
                audience=said.get("audience", Audience.PUBLIC),
                note=said["note"],
                by=request.user,
                at=instant_on(request.today),
            )
        except UploadRefused as refusal:
            raise WrongFile(str(refusal)) from refusal
        return f"“{kept.name}” is kept beside ours."

    values = {"button": "Upload it", "look": ""}
    return act_page(request, case, UPLOAD, "reports/upload_edition.html", form, do, (), values)


def _gone(request: PageRequest, case: Case, heading: str, button: str) -> dict[str, object]:
    """What the pages of a removal list."""
    desk, until = load_desk(case.paper, request.held, request.user.pk, request.today), _until(case)
    return {
        "heading": heading,
        "button": button,
        "look": "warning",
        "refuses": False,
        "until": until,
        "is_past": until < request.today,
        "editions": desk.editions,
        "uploaded": desk.uploaded,
    }


def _until(case: Case) -> date:
    meeting = case.paper.meeting
    return kept_until(meeting.meeting_on, meeting.board.paper_years) if meeting else date.max


def _in_words(timing: Timing | None) -> str:
    return f" Published {timing.words}." if timing else ""
