"""
Every form about returns, evidence, disputes, reliefs and levels, sent by everybody with what nobody should send.

A field that lies, is missing, is huge or names another contract's things is answered with a page or refused; the server
never breaks, and a refusal leaves no trace.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

import pytest
from django.apps import apps
from django.conf import LazySettings
from django.db import transaction
from django.test import Client
from django.urls import reverse

from contracts.models import Contract, ServiceArea
from contracts.rules.months import parse_month
from contracts.rules.roles import Role
from contracts.services import grant_role
from kpis.models import Return
from tests import builders
from tests.people import Cast, person

Fields = dict[str, str]
NINES: Final = "9" * 5000
"""More digits than Python turns into a number."""
SHARP: Final = ("", "\x00", "9" * 20, NINES)
"""What numbers, texts and databases stumble over, in one field at a time."""
BLUNT: Final = (
    " ", "0", "-1", "1.5", "٣", "²", "1e400", "NaN", "Infinity", "x" * 5000, "<script>alert(1)</script>",
    "' OR 1=1 --", "{{ 7*7 }}", "\u202e\U0001f600", "2018-13", "%s%n",
)  # fmt: skip
"""What somebody may send in all fields at once."""
REFUSED: Final = frozenset({400, 401, 403, 404, 405, 409, 413, 422})
DONE: Final = 12
ANSWERED: Final = REFUSED | {200, 302}


@dataclass(frozen=True, slots=True)
class Form:
    """An address, what a person would send there, and names that only somebody hostile sends besides."""

    who: str
    address: str
    fields: Mapping[str, str]
    besides: tuple[str, ...] = ()
    shared: tuple[str, ...] = ()
    """Who may send it as well."""


@dataclass(frozen=True, slots=True)
class Scene:
    clients: Mapping[str, Client]
    forms: tuple[Form, ...]
    foreign: tuple[Form, ...]
    """The same, of a contract that nobody here has anything to do with."""


@pytest.fixture
def scene(
    contract: Contract, area: ServiceArea, cast: Cast, today: date, settings: LazySettings, tmp_path: Path
) -> Scene:
    settings.EVIDENCE_ROOT = tmp_path
    clients = {name: Client(raise_request_exception=False) for name, _ in cast.everybody()}
    for name, who in cast.everybody():
        clients[name].force_login(who)
    other = builders.contract("FOREIGN")
    stranger = person("stranger@example.org", "Supplier of another contract")
    grant_role(person=stranger, role=Role.SUPPLIER, contract=other)
    own = tuple(_forms(contract, area, cast))
    return Scene(clients, own, tuple(_forms(other, builders.area(other, "CSC"), cast)))


def _forms(contract: Contract, area: ServiceArea, cast: Cast) -> Iterator[Form]:
    """Each form about a contract once, on something in the state it is for."""
    kpi = builders.kpi(area)
    builders.results(kpi, "2017-09", ["95", "85", "93", "92", "85"])
    builders.returns(area, "2017-09", "2017-12")
    builders.returns(area, "2018-01", "2018-01", "submitted")
    builders.returns(area, "2018-02", "2018-02", "open")
    disputed = builders.dispute(kpi.results.get(month="2017-12-01"), cast.supplier)
    asked = builders.relief(
        contract, kpi, first="2017-10", last="2017-10", decision="requested", requester=cast.supplier
    )
    granted = builders.relief(contract, kpi, first="2017-12")
    draft, shown = builders.evidence(kpi, cast.officer, "2018-02"), builders.evidence(kpi, cast.officer, "2018-01")
    ref, month, last = contract.reference, parse_month("2018-02"), parse_month("2018-01")

    def at(name: str, *args: object) -> str:
        return reverse(f"kpis:{name}", args=[ref, *args])

    askers = ("officer", "contract_manager")
    row = {f"{kpi.pk}-version": "0 ", f"{kpi.pk}-value": "91", f"{kpi.pk}-cause": "Why"}
    names = (f"{NINES}-version", f"{'9' * 20}-version", f"{kpi.pk}-choice", f"{kpi.pk}-seen", "take", "as", "evidence")
    first, to = {"from_month_month": "10", "from_month_year": "2017"}, {"to_month_month": "12", "to_month_year": "2017"}
    version = {"version": "1"}
    reason = {"reason": "Because."}
    agreed = {"reason": "Agreed.", "agreed_by": "Contract Manager"}
    levels = {"target": "91", "minimum": "81"}
    yield Form("officer", at("return_form", "CSC", month), row, names, ("supplier",))
    yield Form("officer", at("return_save", "CSC", month), row, names, ("supplier",))
    answers = (f"answer-{NINES}-same", f"answer-{'9' * 20}-same", f"answer-{kpi.pk}-same", f"was-{kpi.pk}-same", "keep")
    yield Form("officer", at("return_check", "CSC", month), version, answers)
    yield Form("officer", at("return_upload", "CSC", month), {"file": "no file"}, shared=("supplier",))
    yield Form("officer", at("return_upload_confirm", "CSC", month), {"sealed": "no:seal"}, shared=("supplier",))
    yield Form("officer", at("evidence", "CSC", month, kpi.code), {"chosen": "no file"}, shared=("supplier",))
    yield Form("supplier", at("relief_evidence", asked.reference), {"chosen": "no file"}, shared=askers)
    yield Form("officer", at("remove_evidence", draft.pk), {}, shared=("supplier",))
    yield Form("officer", at("remove_evidence", shown.pk), reason, shared=("supplier",))
    listed = (f"return-{NINES}", f"return-{'9' * 20}", f"return-{Return.objects.get(service_area=area, month=last).pk}")
    yield Form("contract_manager", at("verify_clean", last), {"how": "source seen"}, listed)
    how = {**version, "how": "sample re-performed", "sample_size": "2"}
    yield Form("contract_manager", at("verify", last, "CSC"), how)
    yield Form("contract_manager", at("send_back", last, "CSC"), version | reason)
    yield Form("contract_manager", at("reopen", parse_month("2017-12"), "CSC"), version | reason)
    asking = {"scope": "some", "kpis": kpi.code, "cause": "third party", "narrative": "A lorry.", **first, **to}
    yield Form("supplier", at("ask_relief"), asking, shared=askers)
    deciding = {"decision": "granted", **first, **to, **reason, **version, "shown": ""}
    yield Form("contract_manager", at("decide_relief", asked.reference), deciding, ("preview",))
    ending = {**to, **reason, **version, "shown": ""}
    yield Form("contract_manager", at("end_relief", granted.reference), ending, ("preview",))
    yield Form("supplier", at("withdraw_relief", asked.reference), version | reason)
    note = {"note": "Counted wrongly.", "claimed": "96%", "version": "1"}
    yield Form("supplier", at("raise_dispute", kpi.code, parse_month("2017-11")), note)
    said = {"decision": "upheld", "answer": "The log bears it out.", "version": "1"}
    yield Form("contract_manager", at("answer_dispute", disputed.pk), said)
    yield Form("supplier", at("withdraw_dispute", disputed.pk), version)
    adding = {
        "code": "CSC_KPI_09", "name": "Letters", "definition": "All", "service_area": str(area.pk), "unit": "percent",
        "polarity": "higher", "decimals": "2", "due_months": "1", "in_force_from_month": "4",
        "in_force_from_year": "2018", **levels, **agreed,
    }  # fmt: skip
    yield Form("contract_manager", at("add_kpi"), adding, ("accepts",), ("administrator",))
    since = {"effective_from_month": "4", "effective_from_year": "2018"}
    yield Form("contract_manager", at("set_level", kpi.code), since | levels | agreed, ("accepts",), ("administrator",))
    until = {"in_force_to_month": "4", "in_force_to_year": "2018"}
    yield Form("contract_manager", at("end_kpi", kpi.code), until | agreed, ("accepts",), ("administrator",))


def everything() -> dict[str, list[object]]:
    """All that is on record about contracts, except who is signed in."""
    models = (model for app in ("contracts", "kpis") for model in apps.get_app_config(app).get_models())
    return {model.__name__: list(model._default_manager.order_by("pk").values()) for model in models}


def sent(client: Client, address: str, fields: Fields, stands: dict[str, list[object]]) -> int:
    """What a form is answered; whatever it did is undone."""
    with transaction.atomic():
        status = client.post(address, fields).status_code
        if status in REFUSED:
            assert everything() == stands, (address, fields)
        transaction.set_rollback(True)
    return status


def lies(form: Form) -> Iterator[Fields]:
    """The form with one field sharp or missing, and with all of them blunt."""
    plain, names = dict(form.fields), (*form.fields, *form.besides)
    for name in names:
        yield from (plain | {name: value} for value in SHARP)
        yield {key: value for key, value in plain.items() if key != name}
    yield from (dict.fromkeys(names, value) for value in BLUNT)


def test_no_field_breaks_the_server_whatever_stands_in_it(scene: Scene) -> None:
    stands, broken = everything(), []
    for form in scene.forms:
        for fields in lies(form):
            status = sent(scene.clients[form.who], form.address, fields, stands)
            if status not in ANSWERED:
                broken.append((status, form.address, {name[:30]: value[:30] for name, value in fields.items()}))
    assert broken == []


def test_what_is_sent_twice_is_done_once(scene: Scene) -> None:
    done = 0
    for form in scene.forms:
        client, fields, stood = scene.clients[form.who], dict(form.fields), everything()
        with transaction.atomic():
            assert client.post(form.address, fields).status_code in ANSWERED
            once = everything()
            assert client.post(form.address, fields).status_code in ANSWERED
            assert everything() == once, form.address
            transaction.set_rollback(True)
        done += once != stood
    assert done >= DONE, "most forms are such as a person would send, else this proves little"


def test_nobody_sends_what_is_not_theirs_to_send(scene: Scene) -> None:
    stands = everything()
    for form in scene.forms:
        for name in scene.clients.keys() - {form.who, *form.shared}:
            found = sent(scene.clients[name], form.address, dict(form.fields), stands)
            assert found in (403, 404) or (name == "leaver" and found == 302), (found, name, form.address)


def test_nobody_reaches_a_contract_that_is_not_theirs(scene: Scene) -> None:
    stands, insiders = everything(), set(scene.clients) - {"administrator", "clerk", "outsider", "leaver"}
    for form in scene.foreign:
        for name in insiders:
            found = sent(scene.clients[name], form.address, dict(form.fields), stands)
            assert found == 404, (name, form.address)
