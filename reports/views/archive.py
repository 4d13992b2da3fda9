"""The archive: all papers of all meetings of a contract, with their files, hashes and retention."""

from typing import Final

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from django_tables2 import RequestConfig

from contracts.http import PageRequest, contract_of
from contracts.queries import calendar_with
from reports.forms.desk import KINDS, STATUSES, read_archive_question
from reports.queries.archive import ArchiveReader, load_archive
from reports.rules.reading import reader_of
from reports.tables import PaperTable, WholeRows

OUT: Final = ("published", "withdrawn", "removed")
"""What those see who do not work on papers."""


@require_safe
def papers(request: PageRequest, contract: str) -> HttpResponse:
    """Every paper they may see, filtered and sorted as the address asks."""
    shown = contract_of(request, contract)
    asked = read_archive_question(request.GET)
    archive = load_archive(shown, request.user, asked)
    read = ArchiveReader(shown, request.held, calendar_with(request.closed_days), request.today)
    table = PaperTable(WholeRows(archive.rows, archive.matching, read), request=request)
    RequestConfig(request, paginate={"silent": True}).configure(table)
    works = reader_of(request.held, shown.reference).works_on_papers
    return render(
        request,
        "reports/papers.html",
        {
            "contract": shown,
            "archive": archive,
            "asked": asked,
            "table": table,
            "works": works,
            "kinds": KINDS,
            "years": [(str(year), str(year)) for year in archive.years],
            "statuses": STATUSES if works else [pair for pair in STATUSES if pair[0] in OUT],
        },
    )
