"""The acts on papers, read as values."""

from collections.abc import Iterable

from django.utils import timezone

from contracts.readings import Reading, read_now
from reports.models import Paper, PaperAct
from reports.rules.life import Act, Life, life


def life_of(paper: Paper) -> Life:
    """What the acts on one paper amount to. One query."""
    return lives_of([paper.pk])[paper.pk]


def lives_of(papers: Iterable[int]) -> dict[int, Life]:
    """The same of several papers, by key. One query."""
    return read_now(read_lives(papers))


def read_lives(papers: Iterable[int]) -> Reading[dict[int, Life]]:
    """The same in one step beside whatever else is read."""
    acts: dict[int, list[Act]] = {pk: [] for pk in papers}
    (rows,) = yield (PaperAct.objects.filter(paper__in=list(acts)).select_related("by").order_by("at", "pk"),)
    for row in rows:
        acts[row.paper_id].append(act_of(row))
    return {pk: life(of_it) for pk, of_it in acts.items()}


def act_of(row: PaperAct) -> Act:
    """An act that was read with whose it is."""
    return Act(
        pk=row.pk,
        kind=row.kind,
        name=row.get_kind_display(),
        by=str(row.by),
        by_pk=row.by_id,
        at=timezone.localtime(row.at),
        words=row.words,
        address=row.address,
        published_at=timezone.localtime(row.published_at) if row.published_at else None,
    )
