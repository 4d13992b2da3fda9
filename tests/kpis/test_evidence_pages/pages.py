"""Finding the pages about evidence and handing files in."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from contracts.rules.months import parse_month
from kpis.models import Evidence, Kpi, Relief, Return


def page_of(kpi: Kpi, month: str = "2018-02") -> str:
    return reverse("kpis:evidence", args=["TST", "CSC", parse_month(month), kpi.code])


def for_relief(relief: Relief) -> str:
    return reverse("kpis:relief_evidence", args=["TST", relief.reference])


def file_of(evidence: Evidence) -> str:
    return reverse("kpis:evidence_file", args=["TST", evidence.pk])


def removal_of(evidence: Evidence) -> str:
    return reverse("kpis:remove_evidence", args=["TST", evidence.pk])


def upload(name: str = "log.txt", content: bytes = b"Calls.\n") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def send(client: Client, address: str, *files: SimpleUploadedFile) -> Any:
    return client.post(address, {"chosen": list(files)})


def status(client: Client, evidence: Evidence) -> int:
    """Of the file's address; a file that is not read to its end stays open."""
    answer = client.get(file_of(evidence))
    if answer.streaming:
        assert b"".join(answer)
    return answer.status_code


def names() -> list[str]:
    return list(Evidence.objects.order_by("pk").values_list("name", flat=True))


def of_february(kpi: Kpi, state: str, version: int = 2, **changes: Any) -> None:
    found, _ = Return.objects.get_or_create(service_area=kpi.service_area, month=parse_month("2018-02"))
    for name, value in {"state": state, "version": version, **changes}.items():
        setattr(found, name, value)
    found.save()
