"""
Every form there is, sent by everybody with what nobody should send.

A field that lies, is missing, is huge or names another contract's things is answered as the table says: with a page or
a refusal, which leave no trace, or by doing what the form is for and nothing else. The server never breaks.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

import pytest
from django.db import transaction

from tests.addresses import ACTIONS
from tests.fixtures.scene import APPS, Answer, Fields, Scene, app_of, done, rows, sent
from tests.posts import NINES, Form
from tests.posts.answers import ANSWERED, MOVED

pytestmark = pytest.mark.django_db

SHARP: Final = ("", "\x00", "9" * 20, NINES)
"""What numbers, texts and databases stumble over, in one field at a time."""
BLUNT: Final = (
    " ", "0", "-1", "1.5", "٣", "²", "1e400", "NaN", "Infinity", "x" * 5000, "<script>alert(1)</script>",
    "' OR 1=1 --", "{{ 7*7 }}", "\u202e\U0001f600", "2018-13", "%s%n",
)  # fmt: skip
"""What somebody may send in all fields at once."""
TOLD_TO_A_SCRIPT: Final = {"kpis:return_save"}
"""What is done there is answered to a script; everywhere else who did something is led on."""
NOTED_EACH_TIME: Final = {"reports:exempt": {"Access"}}
"""What is written again when a form is sent again: who is shown something exempt again has read it again."""


def lies(form: Form) -> Iterator[Fields]:
    """The form with one field sharp or missing, and with all of them blunt, each in its own way."""
    plain, names = dict(form.fields), (*form.fields, *form.besides)
    for name in names:
        yield from (plain | {name: value} for value in SHARP)
        yield {key: value for key, value in plain.items() if key != name}
    for turn in range(0, len(BLUNT), 3):
        yield {name: BLUNT[(turn + place) % len(BLUNT)] for place, name in enumerate(names)}


def test_no_form_is_left_out(scene: Scene) -> None:
    assert {form.name for form in scene.forms} == ACTIONS.keys() == ANSWERED.keys() == MOVED.keys()
    assert {app_of(name) for name in ACTIONS} == set(APPS)
    assert [form.name for form in scene.about] == [form.name for form in scene.foreign]


@pytest.mark.parametrize("app", APPS)
def test_whatever_stands_in_a_field_is_answered_as_the_table_says_and_does_no_more_than_it(
    app: str, scene: Scene
) -> None:
    answered: defaultdict[str, set[int]] = defaultdict(set)
    for form in scene.forms_of(app):
        bare = replace(form, files=())
        done_at = 200 if form.name in TOLD_TO_A_SCRIPT else 302
        for fields in lies(form):
            answer = sent(bare, scene.clients[form.who], scene.stands, fields)
            answered[form.name].add(answer.status)
            shown = (form.name, {name[:30]: value[:30] for name, value in fields.items()})
            assert answer.status == done_at or not answer.moved, (answer, shown)
            assert answer.moved <= MOVED[form.name], (answer, shown)
    assert answered == {name: statuses for name, statuses in ANSWERED.items() if app_of(name) == app}


@pytest.mark.parametrize("app", APPS)
def test_as_a_person_sends_it_a_form_does_what_it_is_for_and_sent_twice_does_it_once(app: str, scene: Scene) -> None:
    moved: defaultdict[str, set[str]] = defaultdict(set)
    noted = {}
    for form in scene.forms_of(app):
        client = scene.clients[form.who]
        with transaction.atomic():
            confirmed = form.confirmed_by(client)
            once = done(confirmed, client, scene.stands)
            stands = {**scene.stands, **{table: rows(table) for table in once.written}}
            again = done(confirmed, client, stands)
            transaction.set_rollback(True)
        moved[form.name] |= once.moved
        assert once.status in (200, 302), form
        assert again.status < 500, form
        if again.moved:
            noted[form.name] = again.moved
    assert moved == {name: kinds for name, kinds in MOVED.items() if app_of(name) == app}
    assert noted == {name: kinds for name, kinds in NOTED_EACH_TIME.items() if app_of(name) == app}


@pytest.mark.walk
def test_nobody_sends_what_is_not_theirs_to_send(scene: Scene) -> None:
    for form in scene.forms:
        for name in scene.clients.keys() - {form.who, *form.shared}:
            answer = sent(form, scene.clients[name], scene.stands)
            assert answer in ((Answer(302),) if name == "leaver" else (Answer(403), Answer(404))), (name, form)


@pytest.mark.walk
def test_nobody_reaches_a_contract_that_is_not_theirs(scene: Scene) -> None:
    insiders = scene.clients.keys() - {"administrator", "clerk", "outsider", "leaver"}
    for form in scene.foreign:
        for name in insiders:
            assert sent(form, scene.clients[name], scene.stands) == Answer(404), (name, form)


@pytest.mark.walk
def test_who_belongs_there_is_answered_as_ones_own_are(scene: Scene) -> None:
    """Else the forms of the foreign contract might be such as nobody could send."""
    reached = 0
    for own, foreign in zip(scene.about, scene.foreign, strict=True):
        as_here = sent(own, scene.clients["supplier"], scene.stands)
        there = sent(foreign, scene.stranger, scene.stands)
        assert (there.status, there.moved) == (as_here.status, as_here.moved - {"Message"}), "nobody there to be told"
        assert sent(own, scene.stranger, scene.stands) == Answer(404), own
        reached += bool(as_here.moved)
    assert reached >= 6
