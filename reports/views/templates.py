"""A board's Word template: what it is, handing in another, and how a paper looks in it."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from contracts.forms.refusals import show_refusal
from contracts.http import UNPROCESSABLE, PageRequest, takes_a_form
from contracts.models import Contract
from contracts.uploads import KINDS
from reports.forms.exempt import TemplateForm
from reports.models import Board, PaperTemplate
from reports.queries.templates import example_for, example_of, load_template_page
from reports.render import render as print_paper
from reports.services.templates import TemplateRefused, adopt_template, current_template
from reports.views.calendar import board_of


@takes_a_form
def template(request: PageRequest, contract: str, board: int) -> HttpResponse:
    """The template that counts, what papers take of it, and handing in another."""
    shown, row = board_of(request, contract, board)
    form = TemplateForm(request.POST, request.FILES) if request.method == "POST" else TemplateForm()
    if form.is_bound and form.is_valid():
        handed = form.cleaned_data["file"]
        try:
            adopted = adopt_template(
                board=row, by=request.user, at=timezone.now(), name=handed.name, content=handed.read()
            )
        except TemplateRefused as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, f"“{adopted.name}” is the template of papers that are built from now on.")
            return redirect("reports:paper_template", shown.reference, row.pk)
    return _page(request, shown, row, form)


@require_safe
def file(request: PageRequest, contract: str, board: int, template: int) -> HttpResponse:
    """A template as it was handed in."""
    _, row = board_of(request, contract, board)
    kept = get_object_or_404(PaperTemplate, pk=template, board=row)
    return _download(kept.name, bytes(kept.content))


@require_safe
def preview(request: PageRequest, contract: str, board: int) -> HttpResponse:
    """The newest paper of the board in the template that counts; nothing of it is kept."""
    shown, row = board_of(request, contract, board)
    counting, paper = current_template(row), example_of(shown, row)
    if counting is None or paper is None:
        raise Http404("There is no template, or no paper to show in it.")
    (printed,) = print_paper(example_for(paper), "docx", bytes(counting.content))
    return _download(f"preview-{printed.name}", printed.content)


def _page(request: PageRequest, contract: Contract, board: Board, form: TemplateForm) -> HttpResponse:
    page = load_template_page(board)
    values = {
        "contract": contract,
        "board": board,
        "form": form,
        "page": page,
        "has_example": example_of(contract, board),
    }
    return render(request, "reports/template.html", values, status=UNPROCESSABLE if form.is_bound else 200)


def _download(name: str, content: bytes) -> HttpResponse:
    disposition = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    return HttpResponse(content, content_type=KINDS["docx"].content_type, headers={"Content-Disposition": disposition})
