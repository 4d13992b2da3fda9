"""
Adding evidence and removing it.

A file is judged and scanned where it is set aside, outside of any transaction; its row and its place are given in one
that holds the return (or, for a relief, the contract), so that nothing is added to a month while it closes. What was
never submitted may be taken back entirely; what others may have relied on is only marked removed, and its file stays.
"""

from datetime import datetime
from functools import partial
from typing import IO, Any

from django.conf import settings
from django.db import transaction

from contracts.models import Contract, Person, ServiceArea
from contracts.rules.months import Month
from contracts.services.history import save_with_history, sign_history
from contracts.uploads import Judged, cleaned_name, judge_upload, refuse_oversize, scan
from contracts.workbook.cells import tidy
from kpis.models import Evidence, Kpi, Relief, Return
from kpis.queries.duties import load_duties
from kpis.rules.relief import Decision
from kpis.services.entries import enterable_return
from kpis.services.evidence.refusals import (
    AlreadyThere,
    GoneAlready,
    NotYoursToAdd,
    NotYoursToRemove,
    ReliefDecided,
    SaysNoReason,
    TooMany,
)
from kpis.services.evidence.storage import Aside, drop, reveal, set_aside, take_away


def add_evidence(*, kpi: Kpi, month: Month, file: IO[bytes], name: str, by: Person, at: datetime) -> Evidence:
    """
    Keeps a file as evidence of the KPI's month; private to the area until its return is submitted.

    Raises :class:`UploadRefused` or :class:`EvidenceRefused` for the file, :class:`ReturnClosed` for the month.
    """
    area = kpi.service_area
    if not ServiceArea.objects.entered_by(by).filter(pk=area.pk).exists():
        raise NotYoursToAdd
    judged, aside = _judged(file, name)
    try:
        with transaction.atomic():
            row = Evidence(kpi=kpi, month=month, added_in=enterable_return(area, month, by=by, at=at).version)
            return _keep(row, judged, aside, by=by, at=at)
    finally:
        drop(aside)


def add_relief_evidence(*, relief: Relief, file: IO[bytes], name: str, by: Person, at: datetime) -> Evidence:
    """Keeps a file as evidence for a relief that waits for its decision."""
    if not load_duties(by, relief.contract).may_ask:
        raise NotYoursToAdd
    judged, aside = _judged(file, name)
    try:
        with transaction.atomic():
            row = _undecided(relief)
            return _keep(Evidence(relief=row, added_in=row.version), judged, aside, by=by, at=at)
    finally:
        drop(aside)


@transaction.atomic
def remove_evidence(*, evidence: Evidence, by: Person, at: datetime, reason: str = "") -> bool:
    """Takes back a file that was never submitted, entirely; marks any other as removed. Whether it is gone entirely."""
    if evidence.relief is not None:
        _undecided(evidence.relief)
        is_draft = False
        if evidence.added_by_id != by.pk:
            raise NotYoursToRemove
    else:
        is_draft = _of_month(evidence, by, at).version == evidence.added_in
    row: Any = Evidence.objects.select_for_update().filter(pk=evidence.pk, removed_at__isnull=True).first()
    if row is None:
        raise GoneAlready(evidence.name)
    if is_draft:
        sign_history(row, by=by, at=at, why="taken back before it was submitted")
        row.delete()
        transaction.on_commit(partial(take_away, evidence.path))
        return True
    row.removed_at, row.removed_by, row.removed_reason = at, by, tidy(reason)
    if not row.removed_reason:
        raise SaysNoReason
    fields = ("removed_at", "removed_by", "removed_reason")
    save_with_history(row, by=by, at=at, why=f"removed: {row.removed_reason}", fields=fields)
    return False


def _of_month(evidence: Evidence, by: Person, at: datetime) -> Return:
    kpi = evidence.kpi
    if kpi is None or not ServiceArea.objects.entered_by(by).filter(pk=kpi.service_area_id).exists():
        raise NotYoursToRemove
    return enterable_return(kpi.service_area, evidence.month, by=by, at=at)


def _judged(file: IO[bytes], name: str) -> tuple[Judged, Aside]:
    """The file on the disk, once it is known to be fit to be kept."""
    refuse_oversize(file.seek(0, 2), cleaned_name(name))
    aside = set_aside(file)
    try:
        with aside.path.open("rb") as written:
            judged = judge_upload(written, name)
        scan(aside.path, judged.name)
    except BaseException:
        drop(aside)
        raise
    return judged, aside


def _keep(row: Any, judged: Judged, aside: Aside, *, by: Person, at: datetime) -> Evidence:
    there = Evidence.objects.filter(kpi=row.kpi, month=row.month, relief=row.relief, removed_at__isnull=True)
    same = there.filter(sha256=aside.sha256).first()
    if same is not None:
        raise AlreadyThere(judged.name, same)
    if there.count() >= settings.EVIDENCE_MAX_FILES:
        raise TooMany(judged.name, settings.EVIDENCE_MAX_FILES)
    row.name, row.kind, row.size, row.sha256 = judged.name, judged.kind.key, aside.size, aside.sha256
    row.path, row.added_by, row.added_at = aside.place, by, at
    save_with_history(row, by=by, at=at, why="added")
    reveal(aside)
    kept: Evidence = row
    return kept


def _undecided(relief: Relief) -> Relief:
    """The relief as it stands, under the lock that its decision takes too. Raises :class:`ReliefDecided`."""
    Contract.objects.select_for_update(no_key=True).get(pk=relief.contract_id)
    row: Relief = Relief.objects.get(pk=relief.pk)
    if row.decision != Decision.REQUESTED:
        raise ReliefDecided(row)
    return row
