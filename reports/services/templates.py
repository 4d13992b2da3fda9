"""
The Word template of a board: its council's own file, whose styles, header, footer and pages its papers take.

The latest one counts for drafts that are built from now on. A paper names the template that it was built with by its
hash, and earlier ones are kept, so that a paper prints the same bytes for as long as it lives.
"""

from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from io import BytesIO
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet

from contracts.models import Person
from contracts.queries import load_ground
from contracts.rules.roles import KEEPS_CALENDAR
from contracts.services.history import save_with_history
from contracts.services.refusals import Refused
from contracts.uploads import UploadRefused, judge_upload
from reports.models import Board, PaperTemplate
from reports.render.templates import TemplateUnfit, examine
from reports.snapshot import BoardPaper


class NotYours(PermissionDenied):
    """Somebody changed a template who may not."""


class TemplateRefused(Refused):
    """Nothing was kept; the words say what is wrong with the file."""

    field = "file"


def adopt_template(*, board: Board, by: Person, at: datetime, name: str, content: bytes) -> PaperTemplate:
    """
    Makes a file the board's template. The file that counts already, handed in again, changes nothing.

    Raises :class:`NotYours` and :class:`TemplateRefused`.
    """
    ground = load_ground(by)
    if not any(ground.held.holds(KEEPS_CALENDAR, each.reference) for each in board.contracts.all()):
        raise NotYours("The clerk and the administrator keep a board’s template.")
    try:
        judged = judge_upload(BytesIO(content), name)
        if judged.kind.key != "docx":
            raise TemplateRefused(f"“{judged.name}” is {judged.kind.words}: a template is a Word document (.docx).")
        examine(content)
    except (UploadRefused, TemplateUnfit) as refusal:
        raise TemplateRefused(str(refusal)) from refusal
    digest = sha256(content).hexdigest()
    with transaction.atomic():
        Board.objects.select_for_update().get(pk=board.pk)
        counting = current_template(board)
        if counting is not None and counting.sha256 == digest:
            return counting
        template = PaperTemplate(
            board=board, name=judged.name, content=content, sha256=digest, uploaded_at=at, uploaded_by=by
        )
        save_with_history(template, by=by, why="uploaded", at=at)
    return template


def current_template(board: Board) -> PaperTemplate | None:
    """The one that counts for what is built from now on."""
    found: PaperTemplate | None = board.templates.first()
    return found


def with_template(paper: BoardPaper, board: Board | None) -> BoardPaper:
    """The paper, naming the template that its board has now."""
    if board is None:
        return paper
    return replace(paper, template=next(iter(current_templates(board)), ""))


def current_templates(board: Board) -> QuerySet[Any, Any]:
    """The hash of the template that counts now, the only row there is; none where the board has no template."""
    found: QuerySet[Any, Any] = board.templates.values_list("sha256", flat=True)[:1]
    return found


def template_of(paper: BoardPaper) -> bytes | None:
    """The template that a paper names, whatever counts by now. Raises ``LookupError`` where it is gone."""
    if not paper.template:
        return None
    found = PaperTemplate.objects.filter(sha256=paper.template).first()
    if found is None:
        raise LookupError(f"The Word template that this paper was built with is gone (SHA-256 {paper.template}).")
    return bytes(found.content)
