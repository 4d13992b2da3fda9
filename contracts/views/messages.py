"""Pages about e-mails: what was sent to me and which kinds I want, and for administrators what was sent to anybody."""

from collections.abc import Callable

from django.conf import settings
from django.contrib import messages as banner
from django.core.exceptions import PermissionDenied
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from config.ui.querystring import querystring
from contracts.forms import STATES, WantedKinds, read_message_question
from contracts.http import PageRequest
from contracts.models import Message
from contracts.queries import message_counts
from contracts.services.mail_folder import read_letter
from contracts.services.messages import message_id, send_again, turn_off

MESSAGES_PER_PAGE = 50
UNSENT = (Message.State.FAILED, Message.State.UNSURE)


@require_safe
def mine(request: PageRequest) -> HttpResponse:
    """What was sent to the person, and which kinds they want."""
    return _mine(request, WantedKinds.of(request.user))


@require_POST
def choose_kinds(request: PageRequest) -> HttpResponse:
    """From now on the person gets the kinds that are ticked."""
    form = WantedKinds(request.POST)
    if not form.is_valid():
        return _mine(request, form, status=400)
    turn_off(person=request.user, kinds=form.unwanted())
    banner.success(request, "Your choice of e-mails is saved.")
    return redirect("messages")


@require_safe
def everybodys(request: PageRequest) -> HttpResponse:
    """Every message, filtered as the address asks, failures counted at the top."""
    _refuse_others(request)
    asked = read_message_question(request.GET)
    found = Message.objects.asked_for(asked.state, asked.kind, asked.words).select_related("person", "contract")
    context = {
        "page": _page(request, found),
        "asked": asked,
        "counts": message_counts(),
        "states": STATES,
        "kinds": Message.Kind.choices,
        "query": _pages(request),
    }
    return render(request, "contracts/all_messages.html", context)


@require_safe
def message(request: PageRequest, pk: int) -> HttpResponse:
    """One message; in local mode with the e-mail that went to the folder."""
    shown = get_object_or_404(Message.objects.visible_to(request.user).select_related("person", "contract"), pk=pk)
    context = {
        "message": shown,
        "letter": read_letter(message_id(shown)) if settings.IS_LOCAL else None,
        "is_own": shown.person_id == request.user.pk,
        "may_send_again": request.held.looks_after_people and shown.state in UNSENT,
    }
    return render(request, "contracts/message.html", context)


@require_POST
def again(request: PageRequest, pk: int) -> HttpResponse:
    """Sends a message again that failed, or of which nobody knows."""
    shown = get_object_or_404(Message.objects.visible_to(request.user), pk=pk)
    _refuse_others(request)
    if send_again(shown.pk, by=request.user, at=timezone.now()):
        banner.success(request, "The message waits to be sent again.")
    else:
        banner.warning(request, "Nothing was changed: this message has been sent, or waits to be.")
    return redirect("message", shown.pk)


def _mine(request: PageRequest, form: WantedKinds, status: int = 200) -> HttpResponse:
    own = Message.objects.filter(person=request.user).select_related("contract")
    context = {
        "page": _page(request, own),
        "form": form,
        "query": _pages(request),
        "reads_all": request.held.looks_after_people,
    }
    return render(request, "contracts/messages.html", context, status=status)


def _refuse_others(request: PageRequest) -> None:
    if not request.held.looks_after_people:
        raise PermissionDenied


def _page(request: PageRequest, found: "QuerySet[Message]") -> "Page[Message]":
    return Paginator(found, MESSAGES_PER_PAGE).get_page(request.GET.get("page"))


def _pages(request: PageRequest) -> Callable[[int], str]:
    return lambda number: querystring(request, page=number)
