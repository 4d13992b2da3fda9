"""The entry form of 45 KPIs: opened, and saved with every figure changed, beside one versioned UPDATE with audit."""

import re
from dataclasses import dataclass, field
from html import unescape
from typing import Any, Final

from django.db import transaction

from bench import clock, people, visits
from bench.goals import CPU, Part
from bench.shape import AREAS, LAST_MONTH, Shape
from kpis.models import Result

EMPTY: Final = "empty page"
GET: Final = "return form of 45 KPIs, GET"
POST: Final = "return form of 45 KPIs, POST"
AUDITED: Final = "the bare UPDATE with audit, without a request"
POSTED: Final = "a POST that makes one versioned UPDATE with audit"
INPUT: Final = re.compile(r'<input [^>]*?name="(?P<name>[0-9]+-\w+)"[^>]*?value="(?P<value>[^"]*)"')
AREA: Final = re.compile(r'<textarea [^>]*?name="(?P<name>[0-9]+-\w+)"[^>]*>(?P<value>.*?)</textarea>', re.DOTALL)


@dataclass(slots=True)
class Typist:
    """Opens the form, changes each figure, sends it back."""

    visitor: visits.Visitor
    address: str
    form: dict[str, str] = field(default_factory=dict)
    body: bytes = b""

    def type(self) -> None:
        page = self.visitor.get(self.address).content.decode()
        self.form = {found["name"]: unescape(found["value"]) for each in (INPUT, AREA) for found in each.finditer(page)}
        for name in self.form:
            if name.endswith("-value") and not self.form[name.replace("-value", "-not_measured_reason")]:
                self.form[name] = "97.5" if self.form[name] != "97.5" else "96.5"
        self.body = visits.encoded(self.form)

    def send(self) -> None:
        answer = self.visitor.send(self.address, self.body)
        if answer.status != 302:
            raise SystemExit(f"{self.address} took nothing: {answer.status}")


@dataclass(slots=True)
class Auditor:
    """Changes one result where it still has the version that was read, and writes the line of history."""

    result: Any

    def change(self) -> None:
        version = self.result.version
        with transaction.atomic():
            rows = Result.objects.filter(pk=self.result.pk, version=version)
            if rows.update(comment=f"Version {version + 1}.", version=version + 1) != 1:
                raise SystemExit("Somebody else changed the result.")
            self.result.version, self.result.comment = version + 1, f"Version {version + 1}."
            Result.history.bulk_history_create([self.result], update=True)


def measure(shape: Shape, rounds: int) -> Part:
    visits.add_an_empty_page()
    officer = people.officer(shape)
    address = f"/contracts/{shape.wide}/returns/{AREAS[0]}/{LAST_MONTH:%Y-%m}/"
    typist = Typist(officer, address)
    auditor = Auditor(Result.objects.filter(kpi__contract__reference=shape.usual).order_by("pk")[0])
    empty = visits.empty_page_of(shape.wide)
    posted = visits.add_a_deed(shape.wide, auditor.change)
    took = clock.by_turns(
        {
            # The form before it: the first page after a POST says that it was saved, and is dearer for it.
            EMPTY: clock.Deed(lambda: visits.opened(officer, empty), prepare=lambda: visits.opened(officer, address)),
            GET: clock.Deed(lambda: visits.opened(officer, address)),
            POST: clock.Deed(typist.send, prepare=typist.type),
            POSTED: clock.Deed(lambda: officer.post(posted, {"comment": "Another."})),
            AUDITED: clock.Deed(auditor.change),
        },
        rounds,
    )
    figures = {
        f"{GET}, {CPU}": took[GET].cpu / took[EMPTY].cpu,
        f"{POST}, CPU ÷ {POSTED}": took[POST].cpu / took[POSTED].cpu,
        f"{POST}, CPU ÷ {AUDITED}": took[POST].cpu / took[AUDITED].cpu,
    }
    strays = {name: took[GET if name.startswith(GET) else POST].spread for name in figures}
    details = {
        "milliseconds": clock.milliseconds(took),
        "POST ÷ empty page": round(took[POST].cpu / took[EMPTY].cpu, 2),
        "queries": {GET: len(officer.queries_of(address))},
        "rows changed by a POST": sum(name.endswith("-value") for name in typist.form),
    }
    return Part(figures, strays, details)
