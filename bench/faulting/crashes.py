"""``kill -9`` of the database server, and of the web server while somebody sends a form."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from threading import Thread
from time import sleep
from typing import Any, Final

from django.db import connection, transaction
from django.urls import reverse

from bench.faulting.plant import BACK_WITHIN_SECONDS, Plant
from bench.faulting.scene import Scene, held, reconnect, rounded, said
from bench.faulting.world import OnItsWay, Wrong, waited
from contracts.rules.roles import Role
from contracts.services import grant_role
from kpis.models import Entry
from tests.reports.cases import FEBRUARY

SIGN_IN: Final = "/accounts/login/"
FIELD: Final = re.compile(r'name="(\d+-version)" value="([^"]*)"')
TYPED: Final = "81.5"
MOMENTS: Final = ("any moment", "in its transaction", "after its answer")
LONGEST_POST_SECONDS: Final = 0.2
SAVED, SHOWN_AGAIN = (302,), (302, 409)


def postgresql_killed_idle(scene: Scene) -> dict[str, Any]:
    scene.plant.kill_database()
    page = scene.plant.page(SIGN_IN)[0]
    scene.plant.start_database()
    reconnect()
    paper = scene.world.next_paper()
    return {"page while down": page, **scene.finish(paper)}


def postgresql_killed_under_load(scene: Scene) -> dict[str, Any]:
    """At a random point of a paper, while an e-mail is on its way."""
    paper, point = held(scene)
    scene.world.next_message()
    scene.plant.kill_database()
    scene.plant.clear_gate()
    page = scene.plant.page(SIGN_IN)[0]
    sleep(1)
    scene.plant.start_database()
    reconnect()
    return {"at": point, "page while down": page, **scene.finish(paper)}


def web_killed_during_post(scene: Scene) -> dict[str, Any]:
    """An officer saves a month's return: it is there once or not at all, and the form comes back."""
    plant, moment = scene.plant, scene.chance.choice(MOMENTS)
    paper = scene.world.next_paper()
    grant_role(person=scene.world.reader, role=Role.OFFICER, contract=paper.contract)
    session = scene.world.session(scene.world.reader)
    address = reverse("kpis:return_form", args=[paper.contract.reference, "ACF", FEBRUARY])
    form = _form(plant, address, session)
    told = _send_and_kill(scene, moment, address, session, form)
    after = _entries(paper)
    plant.start_web()
    back = waited(lambda: plant.page(address, session)[0] == 200, BACK_WITHIN_SECONDS)
    again = plant.page(address, session, form)[0]
    stands = _entries(paper)

    wrong = Wrong()
    if back is None:
        wrong.lost.append(f"{paper.contract.reference}: the form did not come back")
    if told in SAVED and after != (1, 1):
        wrong.lost.append(f"{paper.contract.reference}: it was told that it is saved, and is not")
    if again not in SHOWN_AGAIN or stands != (1, 1):
        wrong.lost.append(f"{paper.contract.reference}: sent again it was answered {again}, and stands as {stands}")
    if max(after) > 1:
        wrong.doubled.append(f"{paper.contract.reference}: {after} entries and lines of history")
    finished = scene.finish(paper)
    wrong.lost += finished.pop("lost")
    wrong.doubled += finished.pop("doubled")
    answers = {"answered": told, "entries after the kill": after[0], "sent again": again}
    return {"at": moment, **answers, "entries": stands[0], "back in": rounded(back), **said(wrong)}


def _form(plant: Plant, address: str, session: str) -> dict[str, str]:
    """What a browser would send back, with the figure typed."""
    status, page = plant.page(address, session)
    fields = {name: unescape(value) for name, value in FIELD.findall(page)}
    if status != 200 or not fields:
        raise RuntimeError(f"The form was answered with {status}.")
    (version,) = fields
    return {**fields, version.replace("version", "value"): TYPED, "save": "1"}


def _send_and_kill(scene: Scene, moment: str, address: str, session: str, form: dict[str, str]) -> int:
    """What the officer was answered; 0 where nobody did."""
    answers: list[int] = []
    sending = Thread(target=lambda: answers.append(scene.plant.page(address, session, form)[0]))
    if moment == "in its transaction":
        with _entries_locked():
            sending.start()
            waited(_somebody_waits, BACK_WITHIN_SECONDS)
            scene.plant.kill_web()
    else:
        sending.start()
        if moment == "any moment":
            sleep(scene.chance.uniform(0, LONGEST_POST_SECONDS))
        else:
            sending.join()
        scene.plant.kill_web()
    sending.join()
    return answers[0]


@contextmanager
def _entries_locked() -> Iterator[None]:
    """Whoever writes a figure waits in the middle of their transaction."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"LOCK TABLE {Entry._meta.db_table} IN EXCLUSIVE MODE")
        yield


def _somebody_waits() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
        return bool(cursor.fetchone()[0])


def _entries(paper: OnItsWay) -> tuple[int, int]:
    """What stands of the figure, and the lines of its history."""
    of = {"kpi__contract": paper.contract}
    return Entry.objects.filter(**of).count(), Entry.history.filter(**of).count()
