"""The contracts, and the papers of one, as tables over frozen rows."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from config.ui.charts.strip import Mark, status_strip
from config.ui.formats import day, day_short, month_short
from config.ui.status import look
from config.ui.tables import Column, DatabaseRows, NumberColumn, ReadRows, Table
from contracts.readings import together
from kpis.rules.summary import GRAVITY
from reports.queries.archive import ArchivedPaper
from reports.queries.contracts import KEPT_ROWS, ContractRow

ZERO = SafeString('<span class="app-zero">0</span>')
STANDS = '<svg class="app-shape app-shape--{0}" aria-hidden="true"><use href="#shape-{0}"/></svg>{1} {2}'
STANDING = tuple(status.value for status in GRAVITY)
PAPERS = {"draft": "paper drafted", "signed off": "paper signed off", "published": "paper published"}


class WholeRows(DatabaseRows):
    """Rows of the database with what hangs on each, in one statement for the page in view."""

    def __getitem__(self, key: Any) -> Any:
        if not isinstance(key, slice) or self._read is None:
            return super().__getitem__(key)
        (rows,) = together(self.data[key])
        return ReadRows(rows, self._read)


@lru_cache(maxsize=KEPT_ROWS)
def contract_cell(row: ContractRow) -> SafeString:
    return format_html(
        '<a class="govuk-link" href="{}">{}</a> <span class="app-cell-note">{}, {}</span>',
        row.href, row.title, row.reference, row.supplier,
    )  # fmt: skip


@lru_cache(maxsize=KEPT_ROWS)
def month_cell(row: ContractRow) -> SafeString | str:
    if row.month is None:
        return ""
    if row.is_verified:
        return month_short(row.month)
    return format_html('<span>{} <span class="app-cell-note">not verified</span></span>', month_short(row.month))


@lru_cache(maxsize=KEPT_ROWS)
def standing_cell(row: ContractRow) -> SafeString:
    """The counts by status that are not nought, the gravest first; they add up to the KPIs in force."""
    counts = row.stands.counts if row.stands else None
    return lines(
        [
            format_html(STANDS, look(status).css, number, look(status).word.lower())
            for status in STANDING
            if counts and (number := getattr(counts, status))
        ]
    )


def lines(parts: Sequence[str]) -> SafeString:
    """Each part on a line of its own, unbroken."""
    told = format_html_join(" ", '<span class="app-line">{}</span>', ((part,) for part in parts))
    return format_html("<span>{}</span>", told) if parts else told


def number_cell(number: int) -> SafeString | int:
    """Nought is quiet: what is not is looked for."""
    return number or ZERO


@lru_cache(maxsize=KEPT_ROWS)
def months_cell(row: ContractRow) -> SafeString:
    marks = [Mark(each.month, each.worst, is_provisional=not each.is_verified) for each in row.months]
    return status_strip(marks, "Worst status of each month")


@lru_cache(maxsize=KEPT_ROWS)
def projects_cell(row: ContractRow) -> SafeString | str:
    glance = row.projects
    if not glance.active:
        return ""
    parts = [f"{glance.red} red"] if glance.red else []
    parts += [f"{glance.late} late"] if glance.late else []
    return lines(parts or ["none red or late"])


@lru_cache(maxsize=KEPT_ROWS)
def meeting_cell(row: ContractRow) -> SafeString | str:
    if row.meeting_on is None:
        return ""
    return format_html(
        '<span><a class="govuk-link app-nowrap" href="{}">{}</a> <span class="app-cell-note">{}</span></span>',
        row.meeting_href, day_short(row.meeting_on), PAPERS.get(row.paper, "paper not published yet"),
    )  # fmt: skip


class UnbrokenColumn(Column):
    is_unbroken = True


class ContractTable(Table):
    """Every contract, worst first unless sorted otherwise."""

    caption = "Contracts"
    is_caption_hidden = True
    noun = "contract"

    title = Column("Contract", cell=contract_cell, is_row_header=True)
    month = UnbrokenColumn("Month", cell=month_cell)
    gravity = Column("How it stands", cell=standing_cell)
    in_force = NumberColumn("KPIs in force")
    months = Column("Last 12 months", cell=months_cell, orderable=False)
    reliefs = NumberColumn("Reliefs in force", cell=lambda row: number_cell(row.reliefs))
    overdue = NumberColumn("Returns overdue", cell=lambda row: number_cell(row.overdue))
    projects = Column("Projects", cell=projects_cell, order_by="-project_order")
    meeting_on = Column("Next meeting", cell=meeting_cell)


def paper_cell(row: ArchivedPaper) -> SafeString:
    return format_html('<a class="govuk-link" href="{}">{}</a>', row.href, row.name)


def meeting_of_paper_cell(row: ArchivedPaper) -> SafeString:
    words = format_html(
        '<a class="govuk-link app-nowrap" href="{}">{}</a>', row.meeting_href, day_short(row.meeting_on)
    )
    return format_html("<span>{}</span>", words)


def status_of_paper_cell(row: ArchivedPaper) -> SafeString | str:
    words = row.status.capitalize()
    if not row.is_superseded or row.status != "draft":
        return words
    return format_html('<span>{} <span class="app-cell-note">built again since</span></span>', words)


def published_cell(row: ArchivedPaper) -> SafeString | str:
    if row.published_on is None:
        return ""
    return format_html(
        '<span><a class="govuk-link app-nowrap" href="{}">{}</a> <span class="app-cell-note">{}</span></span>',
        row.address, day_short(row.published_on), row.timing,
    )  # fmt: skip


def kept_cell(row: ArchivedPaper) -> SafeString:
    background = format_html('<span class="app-cell-note">background papers until {}</span>', day(row.background_until))
    if not row.is_past_retention:
        return format_html('<span><span class="app-nowrap">{}</span> {}</span>', day_short(row.kept_until), background)
    passed = format_html("<strong>Retention passed</strong> on {}", day_short(row.kept_until))
    if not row.removal_href:
        return format_html("<span>{} {}</span>", passed, background)
    return format_html(
        '<span>{} {} <a class="govuk-link" href="{}">Ask for its removal</a></span>',
        passed,
        background,
        row.removal_href,
    )


def files_cell(row: ArchivedPaper) -> SafeString | str:
    if row.files is None:
        return ""
    lines = format_html_join(
        "",
        '<li><a class="govuk-link" href="{}" download>{}</a> <code class="app-hash">{}</code></li>',
        ((file.href, file.name, file.sha256) for file in row.files.all),
    )
    opener = (
        '<details class="app-archived"><summary>{}<span class="govuk-visually-hidden"> of {} of {}</span></summary>'
    )
    head = format_html(opener, _counted(len(row.files.all)), row.name.lower(), day_short(row.meeting_on))
    return format_html("{}<ul>{}</ul></details>", head, lines)


def _counted(number: int) -> str:
    return f"{number} file{'' if number == 1 else 's'}"


class PaperTable(Table):
    """Every paper of a contract, that of the latest meeting first unless sorted otherwise."""

    caption = "Papers"
    is_caption_hidden = True
    noun = "paper"

    name = Column("Paper", cell=paper_cell, is_row_header=True, order_by=("kind", "number"))
    meeting_on = UnbrokenColumn("Meeting", cell=meeting_of_paper_cell, order_by="meeting__meeting_on")
    revision = NumberColumn("Revision")
    status = Column("Status", cell=status_of_paper_cell)
    published_on = Column("Published", cell=published_cell, order_by="published_at")
    kept_until = Column("Kept until", cell=kept_cell, orderable=False)
    files = Column("Files", cell=files_cell, orderable=False)
