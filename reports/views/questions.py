"""Pages about the Board's questions: all of them, asking one, one with its answer, and minuting it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from contracts.forms.questions import AnswerForm, AskForm, HandOverForm, MinuteForm
from contracts.forms.refusals import show_refusal
from contracts.http import CONFLICT, UNPROCESSABLE, PageRequest, contract_of, takes_a_form, version_sent
from contracts.models import Contract, Question
from contracts.queries import instant_on
from contracts.queries.questions import (
    QuestionDuties,
    load_question_duties,
    load_question_page,
    load_questions,
    may_ask,
    subject_of,
)
from contracts.rules.questions import Standing
from contracts.services.questions import QuestionRefused, ask_question, hand_over, withdraw_question
from reports.models import Meeting
from reports.queries.questions import (
    find_subject,
    given,
    minutes_choice,
    place_of,
    place_of_seen,
    places_of,
    seen_questions,
)
from reports.services.questions import answer_question, minute_question


@require_safe
def questions(request: PageRequest, contract: str) -> HttpResponse:
    """Every question of a contract with its age and how it stands, those without an answer first."""
    shown = contract_of(request, contract)
    lines = load_questions(shown, request.held, request.today)
    values = {
        "contract": shown,
        "lines": lines,
        "waiting": sum(line.is_open for line in lines),
        "places": places_of(shown, (line.subject for line in lines)),
        "may_ask": may_ask(shown, request.held),
    }
    return render(request, "reports/questions.html", values)


@takes_a_form
def ask(request: PageRequest, contract: str) -> HttpResponse:
    """Asking about what the address names; with ``follows``, going on from an answered question about the same."""
    shown = contract_of(request, contract)
    follows = _followed(request, shown)
    subject = subject_of(follows) if follows else find_subject(shown, request.GET, request.today)
    if subject is None:
        raise Http404("There is no such KPI, exception or project.")
    if not may_ask(shown, request.held):
        raise PermissionDenied
    form = AskForm(request.POST or None)
    if form.is_valid():
        asked = ask_question(
            contract=shown,
            by=request.user,
            at=instant_on(request.today),
            subject=subject,
            text=form.cleaned_data["text"],
            follows=follows,
        )
        owner = f"{asked.owner} answers it" if asked.owner else "Nobody owns it yet: the contract has no manager"
        messages.success(request, f"{asked.reference} is asked. {owner}.")
        return redirect("reports:question", shown.reference, asked.reference)
    values = {"contract": shown, "form": form, "subject": subject, "place": place_of(shown, subject)}
    return render(request, "reports/question_ask.html", values | {"follows": follows})


@require_safe
def question(request: PageRequest, contract: str, reference: str) -> HttpResponse:
    """One question, how it stands, and what the person may do with it."""
    row = _question(request, contract, reference)
    return _page(request, row, load_question_duties(row, request.user, request.held))


@require_POST
def answer(request: PageRequest, contract: str, reference: str) -> HttpResponse:
    """Answering, or answering again."""
    row = _question(request, contract, reference)
    duties = load_question_duties(row, request.user, request.held)
    if not duties.may_answer:
        raise PermissionDenied
    form = AnswerForm(request.POST)
    if form.is_valid():
        try:
            answer_question(
                question=row,
                by=request.user,
                at=instant_on(request.today),
                answer=form.cleaned_data["answer"],
                version=version_sent(request),
            )
        except QuestionRefused as refusal:
            return _refused(request, row, refusal, answer=form)
        messages.success(request, f"{row.reference} is answered.")
        return redirect("reports:question", contract, row.reference)
    return _page(request, row, duties, status=UNPROCESSABLE, answer=form)


@require_POST
def hand(request: PageRequest, contract: str, reference: str) -> HttpResponse:
    """Making somebody else the one who is to answer."""
    row = _question(request, contract, reference)
    duties = load_question_duties(row, request.user, request.held)
    if not duties.owners:
        raise PermissionDenied
    form = HandOverForm(request.POST, owners=duties.owners)
    if form.is_valid():
        try:
            hand_over(question=row, by=request.user, to=form.chosen, version=version_sent(request))
        except QuestionRefused as refusal:
            return _refused(request, row, refusal, hand=form)
        messages.success(request, f"{row.reference} is handed to {form.chosen}.")
        return redirect("reports:question", contract, row.reference)
    return _page(request, row, duties, status=UNPROCESSABLE, hand=form)


@require_POST
def withdraw(request: PageRequest, contract: str, reference: str) -> HttpResponse:
    """Taking back one's own question."""
    row = _question(request, contract, reference)
    duties = load_question_duties(row, request.user, request.held)
    if not duties.may_withdraw:
        raise PermissionDenied
    try:
        withdraw_question(question=row, by=request.user, version=version_sent(request))
    except QuestionRefused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, f"{row.reference} is withdrawn.")
    return redirect("reports:question", contract, row.reference)


@takes_a_form
def minute(request: PageRequest, contract: str, reference: str) -> HttpResponse:
    """Recording that a meeting minuted it: from then on it heads the Board's papers until it is closed."""
    row = _question(request, contract, reference)
    if not load_question_duties(row, request.user, request.held).may_minute:
        raise PermissionDenied
    choice = minutes_choice(row.contract, request.today)
    begin = {"text": row.text, "owner": str(row.owner or ""), "due": choice.coming[0][0] if choice.coming else ""}
    form = MinuteForm(request.POST or None, initial=begin, meetings=choice.held, coming=choice.coming)
    if form.is_valid():
        said = form.cleaned_data
        meetings = Meeting.objects.select_related("board").in_bulk({said["meeting"], said["due"] or said["meeting"]})
        try:
            made = minute_question(
                question=row,
                by=request.user,
                at=instant_on(request.today),
                meeting=meetings[said["meeting"]],
                text=said["text"],
                owner=said["owner"],
                due=meetings[said["due"]] if said["due"] else None,
                version=version_sent(request),
            )
        except QuestionRefused as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, f"{row.reference} is minuted as {made.reference}. It heads the next paper.")
            return redirect("reports:question", contract, row.reference)
    values = {"contract": row.contract, "form": form, "row": row, "choice": choice}
    return render(request, "reports/question_minute.html", values)


def _question(request: PageRequest, contract: str, reference: str) -> Question:
    row: Question = get_object_or_404(seen_questions(contract_of(request, contract), request.held), reference=reference)
    return row


def _followed(request: PageRequest, contract: Contract) -> Question | None:
    reference = given(request.GET, "follows")
    if not reference:
        return None
    row: Question = get_object_or_404(
        Question.objects.heard_at(contract, request.held),
        reference=reference,
        state=Standing.ANSWERED,
    )
    return row


def _page(
    request: PageRequest,
    row: Question,
    duties: QuestionDuties,
    status: int = 200,
    answer: AnswerForm | None = None,
    hand: HandOverForm | None = None,
) -> HttpResponse:
    """The question with its forms; one that was filled in wrongly as it was."""
    values = {
        "contract": row.contract,
        "row": row,
        "page": load_question_page(row, request.held, request.today),
        "place": place_of_seen(row),
        "duties": duties,
        "answer": answer or (AnswerForm(initial={"answer": row.answer}) if duties.may_answer else None),
        "hand": hand or (HandOverForm(owners=duties.owners) if duties.owners else None),
        "form": answer or hand or AnswerForm(),
    }
    return render(request, "reports/question.html", values, status=status)


def _refused(
    request: PageRequest,
    row: Question,
    refusal: QuestionRefused,
    answer: AnswerForm | None = None,
    hand: HandOverForm | None = None,
) -> HttpResponse:
    """The page as the question stands now, with what was typed and why it was not taken."""
    for form in (answer, hand):
        if form is not None:
            show_refusal(form, refusal)
    row.refresh_from_db()
    return _page(request, row, load_question_duties(row, request.user, request.held), CONFLICT, answer, hand)
