"""The evidence that pages list: by KPI, by month, or of a relief; each only what the person may see."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from operator import itemgetter
from pathlib import Path
from typing import Any

from django.conf import settings

from contracts.models import Contract, Person, ServiceArea
from contracts.readings import Reading, read_now
from contracts.rows import Wanted, instant, read
from contracts.rules.held import Held
from contracts.rules.months import Month, month_key
from contracts.uploads import KINDS, size_in_words
from kpis.models import Evidence, Kpi, Relief, Result
from kpis.queries.desk import Desk

Files = tuple["File", ...]


@dataclass(frozen=True, slots=True)
class File:
    """A file as pages list it; ``added_in`` is the version of its return or relief then."""

    pk: int
    name: str
    kind: str
    size: str
    sha256: str
    added_in: int
    added_at: datetime
    added_by: str
    added_by_pk: int
    removed_at: datetime | None
    removed_by: str
    removed_reason: str

    @property
    def is_removed(self) -> bool:
        return self.removed_at is not None


def load_beside(desk: Desk, *, is_shown: bool) -> tuple[set[int], Mapping[int, Files]]:
    """
    What stands beside the figures of an area's month, in one query for those who may look at its desk.

    The KPIs whose figure was corrected after it was verified, and by KPI the files that were added and not removed.
    """
    own = (desk.area.pk, desk.month.isoformat())
    corrected, files = read(
        Wanted(
            "r.kpi_id",
            "FROM kpis_correction c JOIN kpis_result r ON r.id = c.result_id JOIN kpis_kpi k ON k.id = r.kpi_id"
            " WHERE k.service_area_id = %s AND r.month = %s AND %s",
            (*own, not desk.is_open),
        ),
        Wanted(
            "e.kpi_id, e.id, e.name, e.kind, e.size, e.sha256, e.added_in, e.added_at, p.job_title, p.email, p.id",
            "FROM kpis_kpi k JOIN kpis_evidence e ON e.kpi_id = k.id JOIN contracts_person p ON p.id = e.added_by_id"
            " WHERE k.service_area_id = %s AND e.month = %s AND e.removed_at IS NULL AND %s",
            (*own, is_shown),
        ),
    ).tables
    by_kpi: defaultdict[int, Files] = defaultdict(tuple)
    for kpi, *cells in sorted(files, key=itemgetter(1)):
        by_kpi[kpi] += (_file_that_stands(*cells),)
    return {kpi for (kpi,) in corrected}, by_kpi


def read_month_files(contract: Contract, month: Month, person: Person) -> Reading[Mapping[str, Files]]:
    """By the KPI's code, what was added to a month of the contract, and removed again. One step."""
    (rows,) = yield (_told(_seen_by(person).filter(kpi__contract=contract, month=month)).select_related("kpi"),)
    return _grouped((row.kpi.code, row) for row in rows)


def read_kpi_files(kpi: Kpi, person: Person) -> Reading[Mapping[date, Files]]:
    """By month, latest first, what was added to one KPI, and removed again. One step."""
    (rows,) = yield (_told(_seen_by(person).filter(kpi=kpi)).order_by("-month", "pk"),)
    return _grouped((row.month, row) for row in rows)


def load_kpi_month_files(kpi: Kpi, month: Month, person: Person) -> Files:
    rows = _told(_seen_by(person).filter(kpi=kpi, month=month))
    return tuple(_file(row) for row in rows)


def load_relief_files(relief: Relief) -> Files:
    """What was added to the relief, and removed again: for those who look into returns of its contract. One query."""
    return read_now(read_relief_files(relief))


def read_relief_files(relief: Relief) -> Reading[Files]:
    """The same in one step beside whatever else is read."""
    (rows,) = yield (_told(Evidence.objects.filter(relief=relief)),)
    return tuple(_file(row) for row in rows)


def find_evidence(pk: int, contract: Contract, person: Person, held: Held) -> Evidence | None:
    """
    The evidence, if the person, of whom it is known what they hold, may see it.

    A relief's is for those who work on the months, not for everybody who reads what was decided.
    """
    related = ("kpi__service_area", "relief__contract")
    found: Evidence | None = (
        _seen_by(person).filter(pk=pk, kpi__contract=contract).select_related("kpi__service_area").first()
    )
    if found is None and held.looks_into_some(contract.reference):
        found = Evidence.objects.of_reliefs(contract).filter(pk=pk).select_related(*related).first()
    return found


def find_kpi(area: ServiceArea, code: str, month: Month) -> Kpi | None:
    """The KPI of the area that owes a result for the month, or has one."""
    kpi: Kpi | None = Kpi.objects.filter(service_area=area, code=code).select_related("service_area").first()
    if kpi is None or Kpi.objects.in_force(month).filter(pk=kpi.pk).exists():
        return kpi
    return kpi if Result.objects.filter(kpi=kpi, month=month).exists() else None


def damaged_files(contract: Contract, *, reads: bool) -> Iterator[str]:
    """
    A plain line for each file that is missing or of another size than its row says.

    With ``reads`` every file is read to its end as well, and its SHA-256 compared: minutes for gigabytes.
    """
    rows = (
        Evidence.objects.filter(kpi__contract=contract) | Evidence.objects.filter(relief__contract=contract)
    ).select_related("kpi", "relief")
    for row in rows.order_by("pk").iterator():
        if damage := _damage(row, reads=reads):
            place = row.relief.reference if row.relief else f"{row.kpi.code} {month_key(Month(row.month))}"
            yield f"the evidence “{row.name}” of {place}, kept as {row.path}, {damage}"


def _damage(row: Evidence, *, reads: bool) -> str:
    path = Path(settings.EVIDENCE_ROOT) / row.path
    try:
        if path.stat().st_size != row.size:
            return "has another size than when it was added"
        if reads:
            with path.open("rb") as stored:
                if hashlib.file_digest(stored, "sha256").hexdigest() != row.sha256:
                    return "was changed after it was added"
    except FileNotFoundError:
        return "is missing"
    except OSError as problem:
        return f"cannot be read: {problem.strerror}"
    return ""


def _seen_by(person: Person) -> Any:
    areas = ServiceArea.objects
    return Evidence.objects.seen_in(areas.looked_into_by(person), areas.read_while_typed_by(person))


def _told(rows: Any) -> Any:
    return rows.select_related("added_by", "removed_by").order_by("pk")


def _grouped(rows: Iterable[tuple[Any, Evidence]]) -> Mapping[Any, Files]:
    found: defaultdict[Any, Files] = defaultdict(tuple)
    for key, row in rows:
        found[key] += (_file(row),)
    return dict(found)


def _file_that_stands(
    pk: int, name: str, kind: str, size: int, sha256: str, added_in: int, added_at: str, title: str, email: str, by: int
) -> File:
    return File(
        pk=pk,
        name=name,
        kind=KINDS[kind].label,
        size=size_in_words(size),
        sha256=sha256,
        added_in=added_in,
        added_at=instant(added_at),
        added_by=title or email,
        added_by_pk=by,
        removed_at=None,
        removed_by="",
        removed_reason="",
    )


def _file(row: Evidence) -> File:
    return File(
        pk=row.pk,
        name=row.name,
        kind=KINDS[row.kind].label,
        size=size_in_words(row.size),
        sha256=row.sha256,
        added_in=row.added_in,
        added_at=row.added_at,
        added_by=str(row.added_by),
        added_by_pk=row.added_by_id,
        removed_at=row.removed_at,
        removed_by=str(row.removed_by or ""),
        removed_reason=row.removed_reason,
    )
