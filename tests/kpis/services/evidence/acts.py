"""Adding, removing and handing in, as the people of the tests do it."""

import io
from datetime import UTC, datetime
from pathlib import Path

from contracts.models import Person
from contracts.rules.months import parse_month
from kpis.models import Evidence, Kpi, Relief, Return
from kpis.services.evidence import add_evidence, add_relief_evidence, remove_evidence
from kpis.services.verification import reopen_return, send_back, verify_return

FEBRUARY = parse_month("2018-02")
AT = datetime(2018, 3, 14, 10, tzinfo=UTC)


def add(kpi: Kpi, by: Person, content: bytes = b"Calls.\n", name: str = "log.txt", month: str = "2018-02") -> Evidence:
    return add_evidence(kpi=kpi, month=parse_month(month), file=io.BytesIO(content), name=name, by=by, at=AT)


def add_to(relief: Relief, by: Person, content: bytes = b"Calls.\n", name: str = "letter.txt") -> Evidence:
    return add_relief_evidence(relief=relief, file=io.BytesIO(content), name=name, by=by, at=AT)


def remove(evidence: Evidence, by: Person, reason: str = "") -> bool:
    return remove_evidence(evidence=evidence, by=by, at=AT, reason=reason)


def of_february(kpi: Kpi) -> Return:
    return Return.objects.get(service_area=kpi.service_area, month=FEBRUARY)


def submit(kpi: Kpi) -> Return:
    """As handing it in does it: the state, and the next version."""
    found = of_february(kpi)
    found.state, found.version = Return.State.SUBMITTED, found.version + 1
    found.save()
    return found


def send_it_back(kpi: Kpi, by: Person) -> None:
    found = of_february(kpi)
    send_back(pk=found.pk, version=found.version, reason="A log is missing.", by=by, at=AT)


def verify(kpi: Kpi, by: Person) -> None:
    found = of_february(kpi)
    verify_return(pk=found.pk, version=found.version, how="source seen", by=by, at=AT)


def reopen(kpi: Kpi, by: Person) -> None:
    found = of_february(kpi)
    reopen_return(pk=found.pk, version=found.version, reason="The log was wrong.", by=by, at=AT)


def files_in(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())
