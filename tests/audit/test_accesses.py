"""Who came in and with what, who was refused and why, who left, and who opened what is exempt; and that it stays."""
# ruff: noqa: S608  # the name of the table is the model's

import re
from dataclasses import replace
from typing import Final

import pytest
from django.core import mail
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from config.accounts.doors import with_what
from contracts.models import Access
from contracts.services.accesses import LONGEST, note_access
from reports.models import ActOrigin, Paper, PaperAct, TypedWords
from reports.services import publication
from reports.snapshot import fingerprint, from_json, to_json
from tests import builders
from tests.accounts.conftest import PASSWORD, SignIn, whoami
from tests.accounts.conftest import sign_in as sign_in  # a fixture
from tests.accounts.test_second_factor import set_up, shown_by_app
from tests.builders import issued, words
from tests.people import Cast
from tests.reports.life.conftest import *  # noqa: F403  # a paper of every age

pytestmark = pytest.mark.django_db

TABLE: Final = Access._meta.db_table


def noted(kind: Access.Kind) -> list[tuple[int | None, str]]:
    """Whose and of what, the first one first."""
    return list(Access.objects.filter(kind=kind).order_by("pk").values_list("person", "subject"))


# --- The door ---------------------------------------------------------------------------------------------------------


def test_who_comes_in_by_password_and_leaves(cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.officer)
    browser.post(reverse("account_logout"))
    assert noted(Access.Kind.SIGNED_IN) == [(cast.officer.pk, "password")]
    assert noted(Access.Kind.SIGNED_OUT) == [(cast.officer.pk, "")]
    access = Access.objects.get(kind=Access.Kind.SIGNED_IN)
    assert access.address == "127.0.0.1"
    assert access.request


def test_to_come_in_is_no_change_of_the_person(cast: Cast, sign_in: SignIn) -> None:
    cast.officer.set_password(PASSWORD)
    cast.officer.save(update_fields=["password"])
    before = cast.officer.history.count()
    sign_in(cast.officer)
    assert cast.officer.history.count() == before


def test_a_second_factor_is_told_and_a_wrong_one_is_refused(cast: Cast, sign_in: SignIn) -> None:
    secret = set_up(cast.contract_manager)
    browser = sign_in(cast.contract_manager)
    assert noted(Access.Kind.SIGNED_IN) == []
    browser.post(reverse("mfa_authenticate"), {"code": "000000"})
    browser.post(reverse("mfa_authenticate"), {"code": shown_by_app(secret)})
    person = cast.contract_manager
    assert noted(Access.Kind.REFUSED) == [(person.pk, f"{person.email}: wrong code of the second factor")]
    assert noted(Access.Kind.SIGNED_IN) == [(person.pk, "password and a second factor")]


def test_a_code_by_e_mail_is_told_and_a_wrong_one_is_refused(cast: Cast, client: Client, settings: object) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"  # type: ignore[attr-defined]
    member = cast.board_member
    client.post(reverse("account_request_login_code"), {"email": member.email})
    (code,) = re.findall(r"^([A-Z0-9]+-?[A-Z0-9]+)$", str(mail.outbox[-1].body), re.MULTILINE)
    client.post(reverse("account_confirm_login_code"), {"code": "AAA-AAA"})
    client.post(reverse("account_confirm_login_code"), {"code": code})
    assert noted(Access.Kind.REFUSED) == [(member.pk, f"{member.email}: wrong code sent by e-mail")]
    assert noted(Access.Kind.SIGNED_IN) == [(member.pk, "a code sent by e-mail")]


def test_a_code_that_is_not_sent_is_refused(cast: Cast) -> None:
    for address in (cast.officer.email, "nobody@example.org"):
        Client().post(reverse("account_request_login_code"), {"email": address})
    assert [person for person, _ in noted(Access.Kind.REFUSED)] == [cast.officer.pk, None], noted(Access.Kind.REFUSED)


def test_every_refusal_says_which_address_was_tried_and_why(cast: Cast, client: Client) -> None:
    closed = cast.supplier
    closed.is_active = False
    closed.save(update_fields=["is_active"])
    tries = [cast.officer.email, "nobody@example.org", closed.email]
    for address in tries:
        client.post(reverse("account_login"), {"login": address, "password": "wrong"})
    whys = ["wrong password", "nobody here has this address", "the account is closed"]
    assert [subject for _, subject in noted(Access.Kind.REFUSED)] == [
        f"{address}: {why}" for address, why in zip(tries, whys, strict=True)
    ]


def test_who_is_locked_out_is_told_so_in_the_audit(cast: Cast, client: Client) -> None:
    for _ in range(6):
        client.post(reverse("account_login"), {"login": cast.officer.email, "password": "wrong"})
    last = noted(Access.Kind.REFUSED)[-1]
    assert last == (cast.officer.pk, f"{cast.officer.email}: too many tries: locked out for a while")


def test_sessions_that_are_ended_elsewhere_and_in_time(cast: Cast, sign_in: SignIn, settings: object) -> None:
    here, elsewhere = sign_in(cast.officer), sign_in(cast.officer)
    here.post(reverse("usersessions_list"))
    assert noted(Access.Kind.SIGNED_OUT) == [(cast.officer.pk, "everywhere else: 1 session ended")]
    assert elsewhere.get("/messages/").status_code == 302
    settings.SESSION_IDLE_MINUTES = -1  # type: ignore[attr-defined]
    here.get("/messages/")
    here.get("/messages/")
    assert "the session was over" in noted(Access.Kind.SIGNED_OUT)[-1][1]


def test_a_password_that_is_changed(cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.officer)
    new = "quite another, and long"
    browser.post(reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": new, "password2": new})
    cast.officer.refresh_from_db()
    assert cast.officer.check_password(new)
    assert noted(Access.Kind.ACCOUNT) == [(cast.officer.pk, "password changed")]


def test_the_admin_has_no_door_of_its_own(cast: Cast, sign_in: SignIn) -> None:
    """Whoever signs out there, or changes their password, does it where it is noted."""
    browser = sign_in(cast.administrator)
    form = {"old_password": PASSWORD, "new_password1": "another long one", "new_password2": "another long one"}
    for answer in (
        browser.get(reverse("admin:password_change")),
        browser.post(reverse("admin:password_change"), form),
    ):
        assert answer.headers["Location"] == reverse("account_change_password")
    cast.administrator.refresh_from_db()
    assert cast.administrator.check_password(PASSWORD)
    browser.post(reverse("admin:logout"))
    assert noted(Access.Kind.SIGNED_OUT) == [(cast.administrator.pk, "")]
    assert whoami(browser) is None


def test_a_sign_in_elsewhere_is_called_by_its_provider() -> None:
    assert with_what([{"method": "socialaccount", "provider": "council"}]) == "the sign-in of council"
    assert with_what([{"method": "password"}, {"method": "mfa", "type": "recovery_codes"}]) == (
        "password and a recovery code"
    )


def test_an_e_mail_that_is_sent_again_names_who_wanted_it(cast: Cast, client: Client) -> None:
    message = builders.message(cast.officer, state="failed")
    client.force_login(cast.administrator)
    client.post(reverse("send_message_again", args=[message.pk]))
    ((person, subject),) = noted(Access.Kind.ASKED)
    assert person == cast.administrator.pk
    assert message.subject in subject


# --- What is exempt ---------------------------------------------------------------------------------------------------


def opened(client: Client, paper: Paper, name: str, *more: object, query: str = "") -> list[str]:
    """What the audit says was opened at this address."""
    before = Access.objects.count()
    answer = client.get(reverse(f"reports:{name}", args=[paper.contract.reference, paper.pk, *more]) + query)
    assert answer.status_code == 200
    answer.getvalue()  # a file is closed once it is read
    return list(Access.objects.filter(kind="exempt").order_by("pk").values_list("subject", flat=True)[before:])


def test_every_door_to_an_exempt_paper_is_noted(frozen: Paper, cast: Cast, client: Client) -> None:
    client.force_login(cast.clerk)
    paper = frozen
    exempt, public = (paper.frozen.get(audience=audience).files.all()[0] for audience in ("exempt", "public"))
    assert opened(client, paper, "paper") == []
    assert opened(client, paper, "paper", query="?part=exempt") == [f"{paper}: the page"]
    assert opened(client, paper, "frozen_file", public.name) == []
    assert opened(client, paper, "frozen_file", exempt.name) == [f"{paper}: {exempt.name}"]
    (zipped,) = opened(client, paper, "paper_zip")
    assert zipped.endswith(".zip")
    assert set(Access.objects.values_list("person", flat=True)) == {cast.clerk.pk}


@pytest.mark.parametrize("who", ["officer", "contract_manager"])
@pytest.mark.parametrize(
    ("name", "what"),
    [("words", "its words"), ("exempt", "what is not for publication"), ("readiness", "what to look at")],
)
def test_every_page_on_which_an_exempt_draft_is_written_is_noted(
    name: str, what: str, who: str, draft: Paper, cast: Cast, client: Client
) -> None:
    client.force_login(getattr(cast, who))
    assert opened(client, draft, name) == []
    half = replace(from_json(draft.snapshot), audience="exempt", headline="A tender is at stake.")
    draft.exempt_snapshot, draft.exempt_sha256 = to_json(half), fingerprint(to_json(half))
    draft.save(update_fields=["exempt_snapshot", "exempt_sha256"])
    assert opened(client, draft, name) == [f"{draft}: {what}"]


def test_signing_off_shows_what_is_exempt_and_is_noted(draft: Paper, cast: Cast, client: Client) -> None:
    client.force_login(cast.contract_manager)
    half = replace(from_json(draft.snapshot), audience="exempt", headline="A tender is at stake.")
    draft.exempt_snapshot, draft.exempt_sha256 = to_json(half), fingerprint(to_json(half))
    draft.save(update_fields=["exempt_snapshot", "exempt_sha256"])
    assert opened(client, draft, "sign_off") == [f"{draft}: what to look at"]


def test_what_was_typed_into_the_exempt_part_of_a_draft_is_noted_before_it_is_built(
    draft: Paper, cast: Cast, client: Client
) -> None:
    words.narrative(draft.contract, draft.meeting)  # type: ignore[arg-type]
    client.force_login(cast.officer)
    assert opened(client, draft, "exempt") == [f"{draft}: what is not for publication"]


def test_words_that_are_marked_as_exempt_are_noted_before_a_draft_is_built_with_the_marks(
    draft: Paper, cast: Cast, client: Client
) -> None:
    client.force_login(cast.officer)
    assert opened(client, draft, "words") == []
    words.narrative(draft.contract, draft.meeting)  # type: ignore[arg-type]
    assert opened(client, draft, "words") == [f"{draft}: its words"]


def test_the_words_of_an_exempt_appendix_in_the_audit_are_noted(draft: Paper, cast: Cast, client: Client) -> None:
    words.narrative(draft.contract, draft.meeting)  # type: ignore[arg-type]
    client.force_login(cast.contract_manager)
    page = client.get(reverse("audit"), {"kind": "reports.exemptappendix"})
    assert "A rebate." in page.content.decode()
    assert noted(Access.Kind.EXEMPT) == [(cast.contract_manager.pk, "the audit: words of an exempt appendix")]
    client.get(reverse("audit"), {"kind": "kpis.result"})
    assert len(noted(Access.Kind.EXEMPT)) == 1


def test_a_typed_sentence_of_the_exempt_part_is_noted(frozen: Paper, cast: Cast, client: Client) -> None:
    public = issued.typed_words(frozen)
    client.force_login(cast.contract_manager)
    assert opened(client, frozen, "typed_words", public.pk) == []
    TypedWords.objects.filter(pk=public.pk).update(audience="exempt")
    assert opened(client, frozen, "typed_words", public.pk) == [f"{frozen}: a typed sentence"]
    assert opened(client, frozen, "errata") == [f"{frozen}: its errata"]


def test_an_exempt_file_that_the_council_edited_is_noted(frozen: Paper, cast: Cast, client: Client) -> None:
    client.force_login(cast.clerk)
    edited = words.uploaded(frozen, cast.clerk, sha256="f" * 64, audience="exempt")
    assert opened(client, frozen, "uploaded_edition", edited.pk) == [f"{frozen}: {edited.name}"]


def test_who_is_refused_the_exempt_part_has_opened_nothing(frozen: Paper, cast: Cast, client: Client) -> None:
    client.force_login(cast.supplier)
    exempt = frozen.frozen.get(audience="exempt").files.all()[0]
    answer = client.get(reverse("reports:frozen_file", args=[frozen.contract.reference, frozen.pk, exempt.name]))
    assert answer.status_code == 404
    assert not Access.objects.exists()


def test_an_act_on_a_paper_says_where_it_came_from(with_clerk: Paper, cast: Cast, client: Client) -> None:
    publication.withdraw(with_clerk, by=cast.clerk, reason="A name.", at=timezone.now())
    assert ActOrigin.objects.count() == PaperAct.objects.filter(origin__isnull=False).count()
    assert PaperAct.objects.latest("pk").origin.history_request is None


# --- They stay --------------------------------------------------------------------------------------------------------


@pytest.fixture
def access(cast: Cast) -> Access:
    return note_access(Access.Kind.SIGNED_IN, person=cast.officer, subject="password", at=timezone.now())


def test_a_very_long_subject_is_cut(cast: Cast) -> None:
    row = note_access(Access.Kind.REFUSED, person=None, subject="x\0" * LONGEST * 2, at=timezone.now())
    row.full_clean()
    assert row.subject.endswith("…")


STATEMENTS = {
    "sqlite": [f"REPLACE INTO {TABLE} SELECT * FROM {TABLE}", f"INSERT OR REPLACE INTO {TABLE} SELECT * FROM {TABLE}"],
    "postgresql": [f"TRUNCATE {TABLE}", f"TRUNCATE {TABLE} CASCADE"],
}  # fmt: skip


@pytest.mark.database
@pytest.mark.parametrize(
    "statement",
    [f"UPDATE {TABLE} SET subject = ''", f"DELETE FROM {TABLE}", *STATEMENTS[connection.vendor]],
)
def test_the_database_refuses_to_change_an_access(statement: str, access: Access) -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:  # what waits for the end would be in the way of TRUNCATE
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    access.refresh_from_db()
    assert access.subject == "password"
