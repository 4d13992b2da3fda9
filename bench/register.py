"""
What the project register, its timeline and its forward plan cost: `python3 bench/register.py`, JSON on standard output.

Three contracts on a PostgreSQL of its own: none, 150 and 15,000 projects with a year of updates each, from a fixed
seed. Each page is asked for in turn, so that a neighbour's load falls on all of them alike; what counts are the ratios
of the middle values: the processor time of this process against that of an empty signed-in page in the full layout,
the time on the clock, the number of queries, and how the database read the rows.
"""

import json
import os
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any, Final

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from config.processes.postgresql import postgresql

TODAY: Final = date(2018, 3, 14)
SIZES: Final = {"BENCH0": 0, "BENCH150": 150, "BENCH15000": 15_000}
UPDATES: Final = 6
ROUNDS: Final = int(os.environ.get("ROUNDS", "60"))
BATCH: Final = 2000
EMPTY: Final = "empty"
QUESTIONS: Final = {
    "register": "",
    "sorted": "?sort=-days_late",
    "filtered": "?q=payroll&stage=in+flight",
    "overdue": "?attention=overdue",
    "last page": "?page=300",
    "timeline in flight": "timeline/?stage=in+flight",
    "timeline of all": "timeline/?show=all",
    "plan": "plan/",
}


def main() -> None:
    with TemporaryDirectory(prefix="scrutineer-bench-") as folder, postgresql() as url:
        os.environ |= {"DATABASE_URL": url, "VAR_DIR": folder, "DJANGO_SETTINGS_MODULE": "config.settings"}
        import django

        django.setup()
        json.dump(run(), sys.stdout, indent=1)
        sys.stdout.write("\n")


def run() -> dict[str, Any]:
    """Fills the database and measures. Django is set up only now, so its modules are imported here."""
    from django.core.management import call_command
    from django.test import Client

    call_command("migrate", verbosity=0)
    began = time.perf_counter()
    fill()
    filled = time.perf_counter() - began
    client = Client(headers={"host": "localhost"})
    client.force_login(_clerk())
    _add_an_empty_page()
    pages = {EMPTY: "/contracts/BENCH150/projects/bench-empty-page/"} | {
        f"{name} {size}": f"/contracts/{reference}/projects/{question}"
        for name, question in QUESTIONS.items()
        for reference, size in list(SIZES.items())[1:]
    }
    measured = measure(client, pages)
    empty = measured[EMPTY]
    return {
        "seconds to fill and restate": round(filled, 1),
        "rounds": ROUNDS,
        "empty page, ms": {key: round(value * 1000, 2) for key, value in empty.items()},
        "pages": {
            name: {
                "cpu ÷ empty": round(found["cpu"] / empty["cpu"], 2),
                "wall ÷ empty": round(found["wall"] / empty["wall"], 2),
                "queries": count_queries(client, pages[name]),
            }
            for name, found in measured.items()
            if name != EMPTY
        },
        "15,000 ÷ 150, cpu": {
            name: round(measured[f"{name} 15000"]["cpu"] / measured[f"{name} 150"]["cpu"], 2) for name in QUESTIONS
        },
        "15,000 ÷ 150, wall": {
            name: round(measured[f"{name} 15000"]["wall"] / measured[f"{name} 150"]["wall"], 2) for name in QUESTIONS
        },
        "plans": plans(),
    }


def measure(client: Any, pages: dict[str, str]) -> dict[str, dict[str, float]]:
    """The middle processor and clock time of each page, the pages taken by turns."""
    times: dict[str, dict[str, list[float]]] = {name: {"cpu": [], "wall": []} for name in pages}
    for number in range(ROUNDS + 5):
        for name, address in pages.items():
            wall, cpu = time.perf_counter(), time.process_time()
            response = client.get(address)
            cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
            if response.status_code != 200:
                raise SystemExit(f"{address} answered {response.status_code}")
            if number >= 5:  # the first ones fill caches
                times[name]["cpu"].append(cpu)
                times[name]["wall"].append(wall)
    return {name: {key: statistics.median(values) for key, values in found.items()} for name, found in times.items()}


def count_queries(client: Any, address: str) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        client.get(address)
    return len(captured)


def plans() -> dict[str, list[str]]:
    """How PostgreSQL reads a page of the large register, and counts it."""
    from contracts.models import Contract
    from projects.queries import RegisterQuestion, rows_asked_for

    contract = Contract.objects.get(reference="BENCH15000")
    rows = rows_asked_for(contract, TODAY, RegisterQuestion())
    return {
        "first page": rows[:50].explain(analyze=True, buffers=True).splitlines(),
        "by days late": rows.order_by("-days_late")[:50].explain(analyze=True, buffers=True).splitlines(),
    }


def fill() -> None:
    """The same projects every time."""
    from contracts.services import set_demonstration_day
    from projects.services.register import restate_contract

    set_demonstration_day(on=TODAY)
    for reference, size in SIZES.items():
        contract = _contract(reference)
        for start in range(0, size, BATCH):
            _fill_batch(contract, range(start, min(size, start + BATCH)))
        restate_contract(contract, on=TODAY)
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def _contract(reference: str) -> Any:
    from contracts.models import Contract, ServiceArea

    contract = Contract.objects.create(
        reference=reference,
        title=f"Bench of {reference}",
        authority="Exampleshire County Council",
        supplier="Example Services plc",
        commences_on=date(2015, 4, 1),
    )
    for code in ("CSC", "IMT", "PM", "ACF", "FA"):
        ServiceArea.objects.create(contract=contract, code=code, name=f"Area {code}")
    return contract


def _fill_batch(contract: Any, numbers: range) -> None:
    from projects.models import Milestone, Project, Rebaseline, Update

    chance = Random(numbers.start)  # noqa: S311 - the same every time
    areas = list(contract.service_areas.all())
    projects = Project.objects.bulk_create(_project(contract, areas, chance, number) for number in numbers)
    Update.objects.bulk_create(update for project in projects for update in _updates(Update, project, chance))
    Rebaseline.objects.bulk_create(
        Rebaseline(project=each, agreed_finish=date(2018, 5, 11), agreed_on=date(2018, 1, 31), reason="Agreed.")
        for each in projects
        if chance.random() < 0.2
    )
    Milestone.objects.bulk_create(
        Milestone(project=each, title=f"Step {step}", original_on=date(2018, 1, 1) + timedelta(days=40 * step))
        for each in projects
        for step in range(3)
    )


def _project(contract: Any, areas: list[Any], chance: Random, number: int) -> Any:
    from projects.models import Project

    start = date(2016, 1, 4) + timedelta(days=chance.randrange(700))
    return Project(
        contract=contract,
        reference=f"P{number:05}",
        title=f"{chance.choice(('Payroll link', 'Device refresh', 'Customer portal', 'Archive move'))} {number}",
        stage=chance.choice(("pipeline", "in flight", "in flight", "on hold", "complete")),
        service_area=chance.choice(areas),
        scrutiny_area=chance.choice(("Adults", "Children", "Environment", "Value for money", "")),
        sponsor=f"Head of {chance.choice(('Property', 'Schools', 'Highways', 'Finance'))}",
        manager="Programme manager",
        original_start=start,
        original_finish=start + timedelta(days=chance.randrange(90, 500)),
    )


def _updates(model: Callable[..., Any], project: Any, chance: Random) -> Iterator[Any]:
    for month in range(UPDATES):
        yield model(
            project=project,
            updated_on=TODAY - timedelta(days=30 * month + chance.randrange(1, 28)),
            confidence=chance.choice(("red", "amber", "green", "green", "green")),
            forecast_finish=project.original_finish + timedelta(days=chance.choice((0, 0, 5, 21, 56))),
        )


def _clerk() -> Any:
    """Somebody who sees every contract and looks after none."""
    from contracts.models import Person
    from contracts.rules.roles import Role
    from contracts.services import grant_role

    person = Person.objects.create_user("bench@example.org", None, job_title="Clerk")
    grant_role(person=person, role=Role.CLERK)
    return person


def _add_an_empty_page() -> None:
    """The full layout with nothing in it, signed in and within a contract, as every page of one has it."""
    from django.http import HttpRequest, HttpResponse
    from django.template import engines
    from django.urls import clear_url_caches, path

    import config.urls  # noqa: F401 - its converters are there before the addresses
    from projects import urls

    page = engines["jinja2"].from_string(
        '{% extends "layout.html" %}{% block title %}Empty{% endblock %}{% block content %}<h1>Empty</h1>{% endblock %}'
    )

    def empty(request: HttpRequest, contract: str) -> HttpResponse:
        return HttpResponse(page.render({}, request))

    urls.urlpatterns.insert(0, path("bench-empty-page/", empty))
    clear_url_caches()


if __name__ == "__main__":
    main()
