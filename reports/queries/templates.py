"""A board's Word templates, with what a paper takes of the one that counts."""

from dataclasses import dataclass, replace

from contracts.models import Contract
from reports.models import Board, Paper, PaperTemplate
from reports.render.templates import Examined, examine
from reports.snapshot import BoardPaper, from_json


@dataclass(frozen=True, slots=True)
class TemplatePage:
    """The template that counts, what is in it, and those that counted before."""

    counting: PaperTemplate | None
    examined: Examined | None
    earlier: tuple[PaperTemplate, ...]


def load_template_page(board: Board) -> TemplatePage:
    """Two queries."""
    kept = list(board.templates.defer("content").select_related("uploaded_by"))
    if not kept:
        return TemplatePage(None, None, ())
    counting, *earlier = kept
    return TemplatePage(counting, examine(bytes(counting.content)), tuple(earlier))


def example_of(contract: Contract, board: Board) -> Paper | None:
    """The newest paper of a contract for the board that still has something to show. One query."""
    papers = Paper.objects.filter(contract=contract, meeting__board=board)
    found: Paper | None = papers.exclude(status=Paper.Status.REMOVED).first()
    return found


def example_for(paper: Paper) -> BoardPaper:
    """The public half of a stored paper, to be shown in a template: as a draft, whatever it is by now."""
    return replace(from_json(paper.snapshot), status="draft")
