"""
Freezing: what goes to the clerk is kept as it is, with the hash of everything in it.

It is the worker's last step: the rows, the act of handing over, the status and the news of it become true together.
"""

from collections.abc import Iterable
from datetime import date
from itertools import count

from contracts.models import Person
from contracts.queries import instant_on
from reports.models import FrozenFile, FrozenPaper, FrozenSnapshot, Paper, PaperAct
from reports.models.paper import Audience
from reports.render.names import stem
from reports.render.words import document
from reports.services.acts import record
from reports.services.paper_notices import tell_handed_over
from reports.services.storage import PrintedFile
from reports.snapshot import BoardPaper, fingerprint, to_json


def freeze(
    paper: Paper,
    halves: Iterable[tuple[Audience, BoardPaper]],
    files: list[PrintedFile],
    folder: str,
    *,
    by: Person | None,
    on: date,
) -> None:
    """Writes the frozen rows and the act of handing over on a business day, in the caller's transaction."""
    if by is None:
        raise ValueError("Somebody hands a paper over.")
    at = instant_on(on)
    for audience, half in halves:
        text = to_json(half)
        frozen = FrozenPaper.objects.create(
            paper=paper,
            audience=audience,
            title=document(half).title,
            address=free_address(stem(half)),
            sha256=fingerprint(text),
            frozen_at=at,
            frozen_by=by,
        )
        FrozenSnapshot.objects.create(frozen=frozen, text=text)
        FrozenFile.objects.bulk_create(
            FrozenFile(
                frozen=frozen,
                format=file.format,
                name=file.name,
                path=f"{folder}/{file.name}",
                size=len(file.content),
                sha256=file.sha256,
            )
            for file in files
            if file.audience == audience
        )
    act = record(paper, PaperAct.Kind.HANDED_OVER, by=by, at=at, status=Paper.Status.WITH_CLERK)
    tell_handed_over(paper, act, on)


def free_address(wanted: str) -> str:
    """The address, with a number behind it where it is another paper's: an address once given stays whose it is."""
    taken = set(FrozenPaper.objects.filter(address__startswith=wanted).values_list("address", flat=True))
    if wanted not in taken:
        return wanted
    return next(numbered for number in count(2) if (numbered := f"{wanted}-{number}") not in taken)
