"""Sentences of earlier papers in which a corrected number stands, as a finding on the paper that would tell of them."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from django.urls import reverse

from contracts.readings import Reading
from reports.build.told_errata import name_of, of_told_in
from reports.models import Paper, TypedWords
from reports.rules.readiness import Finding


def read_words_that_wait(paper: Paper) -> Reading[tuple[Finding, ...]]:
    """
    One finding for each paper whose errata this one tells and of which sentences wait for a word. In one step.

    Once they are worded they are errata, and this paper would tell them; it says nothing of what waits.
    """
    told = of_told_in(paper)
    if told is None:
        return ()
    waiting = TypedWords.objects.filter(told, paper__contract=paper.contract_id, state=TypedWords.State.WAITING)
    asked = waiting.select_related("paper__meeting").order_by("paper__meeting__meeting_on", "paper_id")
    return tuple(_findings(paper, *(yield (asked,))))


def _findings(paper: Paper, rows: Iterable[TypedWords]) -> Iterator[Finding]:
    for of, own in groupby(rows, key=lambda row: row.paper):
        number = len(list(own))
        what = (
            f"{number:,} sentences that people wrote hold numbers that were corrected, and wait for a word."
            if number > 1
            else "A sentence that people wrote holds a number that was corrected, and waits for a word."
        )
        address = reverse("reports:errata", args=[paper.contract.reference, of.pk])
        yield Finding("typed", what, name_of(of), f"{address}#typed")
