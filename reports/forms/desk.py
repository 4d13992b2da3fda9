"""What the pages of a paper's life ask for: what the archive is to show, and the words of each act."""

from django.http import QueryDict

from reports.models import Paper
from reports.models.paper import Kind
from reports.queries.archive import ArchiveQuestion

KINDS = [(kind.value, kind.label.capitalize()) for kind in Kind if kind != Kind.OPERATIONAL]
STATUSES = [(status.value, status.label.capitalize()) for status in Paper.Status]


def read_archive_question(query: QueryDict) -> ArchiveQuestion:
    """What the address asks for; what it gets wrong is left out."""
    kind, status, year = query.get("kind", ""), query.get("status", ""), query.get("year", "")
    return ArchiveQuestion(
        kind=kind if kind in dict(KINDS) else "",
        status=status if status in dict(STATUSES) else "",
        year=int(year) if year.isascii() and year.isdecimal() and len(year) == len("2018") and int(year) else None,
    )
