"""One word can answer several findings at once; each shows it as its own, and nothing that was typed is lost."""

import re
from datetime import date
from html import unescape
from typing import Any

import pytest

from reports.models import Paper, PaperAct
from reports.queries.readiness import load_findings
from reports.rules.signatures import key_of
from tests.reading import text_of
from tests.reports.desk.conftest import As
from tests.reports.desk.test_acts import WORDS, accepted, at, kinds, seen

pytestmark = pytest.mark.django_db


def typed_in(page: Any, name: str) -> str:
    """What stands in a box of the page."""
    (found,) = re.findall(rf'<textarea[^>]*name="{name}"[^>]*>([^<]*)</textarea>', page.content.decode())
    return unescape(str(found)).strip()


def test_one_word_answers_all_that_are_ticked_and_each_shows_it(draft: Paper, signed_in: As, today: date) -> None:
    client = signed_in("contract_manager")
    first, second, *others = [key_of(each) for each in load_findings(draft, today)]
    sent = seen(draft) | {"give": "1", "shared": "The Board  knows.", f"with-{first}": "on", f"with-{second}": "on"}
    page = client.post(at("sign_off", draft), sent | {first: "It was told in May."})
    assert page.status_code == 200
    given = {key: typed_in(page, key) for key in (first, second)}
    assert list(given.values()) == ["It was told in May. The Board knows.", "The Board knows."]
    assert typed_in(page, "shared") == ""
    assert "checked" not in page.content.decode()
    assert kinds(draft) == [], "nothing was signed"
    rest = dict.fromkeys(others, WORDS)
    assert client.post(at("sign_off", draft), seen(draft) | given | rest).status_code == 302
    (act,) = PaperAct.objects.filter(paper=draft)
    assert act.words.count("The Board knows.") == 2


def test_ticks_are_acted_on_when_it_is_signed_at_once(draft: Paper, signed_in: As, today: date) -> None:
    keys = [key_of(each) for each in load_findings(draft, today)]
    sent = seen(draft) | {"shared": "The Board knows."} | {f"with-{key}": "on" for key in keys}
    assert signed_in("contract_manager").post(at("sign_off", draft), sent).status_code == 302
    (act,) = PaperAct.objects.filter(paper=draft)
    assert act.words.count("The Board knows.") == len(keys)


@pytest.mark.parametrize("sent", [{"give": "1", "shared": "A word."}, {"shared": "A word."}, {"give": "1"}])
def test_a_word_without_a_tick_is_not_lost(draft: Paper, signed_in: As, today: date, sent: dict[str, str]) -> None:
    typed = accepted(draft, today) if "give" not in sent else {}
    page = signed_in("contract_manager").post(at("sign_off", draft), seen(draft) | typed | sent)
    assert page.status_code == 422
    assert "tick each finding" in text_of(page).lower()
    assert typed_in(page, "shared") == sent.get("shared", "")
    assert kinds(draft) == []
