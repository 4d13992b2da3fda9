"""The pages of the acts: each done once, by who may, on the paper as it stands."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from contracts.models import Contract
from kpis.models import Return
from reports.models import Paper, PaperAct, PaperRun, UploadedEdition
from reports.queries.lives import life_of
from reports.queries.readiness import load_findings
from reports.rules.signatures import key_of
from tests.builders import issued
from tests.people import Cast
from tests.reading import text_of
from tests.reports.desk.conftest import As

AT = datetime(2018, 3, 14, tzinfo=UTC)  # before whatever is done through a page on that day, whatever the hour
WORDS = "Known, and told to the Board."


def at(name: str, paper: Paper) -> str:
    return reverse(f"reports:{name}", args=[paper.contract.reference, paper.pk])


def seen(paper: Paper) -> dict[str, str]:
    """What a page opened now would send along."""
    return {"seen": str(life_of(paper).seen)}


def kinds(paper: Paper) -> list[str]:
    return list(PaperAct.objects.filter(paper=paper).order_by("at", "pk").values_list("kind", flat=True))


def accepted(paper: Paper, on: date) -> dict[str, str]:
    return {key_of(each): WORDS for each in load_findings(paper, on)}


class TestSigningOff:
    def test_it_takes_a_word_for_each_finding(self, draft: Paper, signed_in: As, today: date) -> None:
        client = signed_in("contract_manager")
        found = load_findings(draft, today)
        assert found
        page = text_of(client.get(at("sign_off", draft)))
        assert all(each.what in page for each in found)
        refused = client.post(at("sign_off", draft), seen(draft))
        assert refused.status_code == 422
        assert kinds(draft) == []
        done = client.post(at("sign_off", draft), seen(draft) | accepted(draft, today), follow=True)
        assert "It is signed off" in text_of(done)
        draft.refresh_from_db()
        assert draft.status == "signed off"
        (act,) = PaperAct.objects.filter(paper=draft)
        assert WORDS in act.words

    def test_sent_twice_it_is_done_once(self, draft: Paper, signed_in: As, today: date) -> None:
        client, sent = signed_in("contract_manager"), seen(draft) | accepted(draft, today)
        answers = [client.post(at("sign_off", draft), sent) for _ in range(2)]
        assert [answer.status_code for answer in answers] == [302, 302]
        assert kinds(draft) == ["signed off"]

    def test_a_page_that_somebody_has_overtaken_says_what_was_done(
        self, draft: Paper, cast: Cast, signed_in: As, today: date
    ) -> None:
        sent = seen(draft) | accepted(draft, today)
        issued.act(draft, "signed off", cast.administrator, AT)
        answer = signed_in("contract_manager").post(at("sign_off", draft), sent)
        assert answer.status_code == 409
        assert f"Meanwhile: signed off, {cast.administrator}" in text_of(answer)
        assert kinds(draft) == ["signed off"]

    def test_what_stands_in_the_way_shows_no_button(
        self, contract: Contract, draft: Paper, signed_in: As, today: date
    ) -> None:
        PaperRun.objects.create(
            contract=contract, meeting=draft.meeting, kind="report", revision=2, due_on=today, state="queued"
        )
        page = signed_in("contract_manager").get(at("sign_off", draft))
        assert "What stands in the way" in text_of(page)
        assert '<button type="submit" class="govuk-button"' not in page.content.decode()
        answer = signed_in("contract_manager").post(at("sign_off", draft), seen(draft) | accepted(draft, today))
        assert answer.status_code in (409, 422)
        assert kinds(draft) == []

    def test_who_verified_the_figures_is_told_that_a_second_person_signs(
        self, draft: Paper, cast: Cast, signed_in: As, today: date
    ) -> None:
        for row in Return.objects.filter(service_area__contract=draft.contract):
            row.verified_by = cast.contract_manager
            row.save()
        client = signed_in("contract_manager")
        assert "A second person has to sign it off as well" in text_of(client.get(at("sign_off", draft)))
        done = client.post(at("sign_off", draft), seen(draft) | accepted(draft, today), follow=True)
        assert "It waits for a second person" in text_of(done)
        own = client.get(at("sign_off", draft))
        assert own.status_code == 409
        assert "You signed it off yourself" in text_of(own)
        second = signed_in("officer")
        page = text_of(second.get(at("sign_off", draft)))
        assert f"{cast.contract_manager} signed it off on 14 March 2018" in page
        assert "verified 3 returns" in page
        assert second.post(at("sign_off", draft), seen(draft)).status_code == 302
        assert kinds(draft) == ["signed off", "countersigned"]
        draft.refresh_from_db()
        assert draft.status == "signed off"

    def test_it_is_taken_back_with_a_reason(self, draft: Paper, cast: Cast, signed_in: As) -> None:
        issued.signed_off(draft, cast.contract_manager, AT)
        client = signed_in("contract_manager")
        assert client.post(at("take_back", draft), seen(draft) | {"reason": " "}).status_code == 422
        assert client.post(at("take_back", draft), seen(draft) | {"reason": "A month is missing."}).status_code == 302
        draft.refresh_from_db()
        assert (draft.status, kinds(draft)) == ("draft", ["signed off", "taken back"])


class TestHandingOver:
    def test_it_says_what_is_frozen_and_starts_the_run_once(self, draft: Paper, cast: Cast, signed_in: As) -> None:
        issued.signed_off(draft, cast.contract_manager, AT)
        client = signed_in("contract_manager")
        assert "What is frozen" in text_of(client.get(at("hand_over", draft)))
        sent = seen(draft)
        assert [client.post(at("hand_over", draft), sent).status_code for _ in range(2)] == [302, 409]
        assert PaperRun.objects.filter(edition="final").count() == 1
        assert "It is being printed and frozen for the clerk." in text_of(client.get(at("paper", draft)))

    def test_a_late_one_asks_for_the_reason(
        self, draft: Paper, cast: Cast, signed_in: As, on_day: Callable[[date], None]
    ) -> None:
        issued.signed_off(draft, cast.contract_manager, AT)
        on_day(date(2018, 3, 22))
        client = signed_in("contract_manager")
        assert "Reason for lateness" in text_of(client.get(at("hand_over", draft)))
        assert client.post(at("hand_over", draft), seen(draft)).status_code == 422
        given = seen(draft) | {"lateness": "The payroll file came late."}
        assert client.post(at("hand_over", draft), given).status_code == 302
        assert PaperRun.objects.filter(edition="final").count() == 1


class TestThePublication:
    @pytest.fixture
    def with_clerk(self, draft: Paper, cast: Cast) -> Paper:
        return issued.with_the_clerk(draft, cast.contract_manager, AT)

    def fields(self, paper: Paper, day: str = "14", time: str = "9:30", **more: str) -> dict[str, str]:
        when = {"published_at_day": day, "published_at_month": "3", "published_at_year": "2018"}
        return seen(paper) | when | {"published_time": time, "address": issued.WHERE} | more

    def test_it_says_at_once_whether_the_clear_days_hold(
        self, with_clerk: Paper, signed_in: As, on_day: Callable[[date], None]
    ) -> None:
        on_day(date(2018, 3, 22))
        client = signed_in("clerk")
        done = client.post(at("record_publication", with_clerk), self.fields(with_clerk, "21"), follow=True)
        assert "Its publication is recorded. Published in time: 5 clear days." in text_of(done)
        again = client.post(at("record_publication", with_clerk), self.fields(with_clerk, "22", "0.10"), follow=True)
        assert "Published late by 1 working day: 4 clear days instead of 5." in text_of(again)

    @pytest.mark.parametrize(
        ("wrong", "words"),
        [
            ({"published_time": "soon"}, "Enter the time on the 24-hour clock"),
            ({"address": "the website"}, "Enter the whole address"),
            ({"published_at_day": "15"}, "It cannot have been published later than now."),
            ({"published_at_day": "31", "published_at_month": "2"}, "There is no day 31 in February 2018"),
        ],
    )
    def test_what_cannot_be_is_refused_with_what_was_typed(
        self, wrong: dict[str, str], words: str, with_clerk: Paper, signed_in: As
    ) -> None:
        answer = signed_in("clerk").post(at("record_publication", with_clerk), self.fields(with_clerk) | wrong)
        assert answer.status_code == 422
        assert words in text_of(answer)
        assert f'value="{next(iter(wrong.values()))}"' in answer.content.decode()
        assert "published" not in kinds(with_clerk)

    def test_the_reason_for_urgency_is_recorded(
        self, with_clerk: Paper, signed_in: As, on_day: Callable[[date], None]
    ) -> None:
        assert signed_in("clerk").get(at("record_urgency", with_clerk)).status_code == 409
        on_day(date(2018, 3, 22))
        given = seen(with_clerk) | {"words": "The contract ends before the next meeting."}
        assert signed_in("clerk").post(at("record_urgency", with_clerk), given).status_code == 302
        assert kinds(with_clerk)[-1] == "urgent"

    def test_it_is_withdrawn_with_a_reason(self, with_clerk: Paper, signed_in: As) -> None:
        client = signed_in("clerk")
        assert client.post(at("withdraw_paper", with_clerk), seen(with_clerk)).status_code == 422
        given = seen(with_clerk) | {"reason": "The wrong months were judged."}
        assert [client.post(at("withdraw_paper", with_clerk), given).status_code for _ in range(2)] == [302, 302]
        assert kinds(with_clerk).count("withdrawn") == 1

    def test_a_file_of_the_councils_is_kept_beside_ours(self, with_clerk: Paper, signed_in: As) -> None:
        client = signed_in("clerk")

        def sent(content: bytes, name: str = "agenda pack.txt") -> dict[str, object]:
            return seen(with_clerk) | {"file": SimpleUploadedFile(name, content), "note": "Cover sheet added."}

        assert client.post(at("upload_edition", with_clerk), sent(b"Agenda and paper.")).status_code == 302
        assert client.post(at("upload_edition", with_clerk), sent(b"Agenda and paper.")).status_code == 422
        assert client.post(at("upload_edition", with_clerk), sent(b"%PDF-1.7 is not text", "a.txt")).status_code == 422
        (kept,) = UploadedEdition.objects.all()
        page = client.get(at("paper", with_clerk))
        assert "Cover sheet added." in text_of(page)
        assert kept.sha256 in text_of(page)
        file = client.get(
            reverse("reports:uploaded_edition", args=[with_clerk.contract.reference, with_clerk.pk, kept.pk])
        )
        assert file.content == b"Agenda and paper."
        assert file["Content-Disposition"].startswith("attachment")


class TestRemoving:
    @pytest.fixture
    def out(self, draft: Paper, cast: Cast) -> Paper:
        return issued.published(draft, cast.contract_manager, cast.clerk, AT)

    def test_two_people_together_remove_what_it_says(self, out: Paper, cast: Cast, signed_in: As) -> None:
        clerk, manager, headline = signed_in("clerk"), signed_in("contract_manager"), out.headline
        asks = text_of(clerk.get(at("ask_removal", out)))
        assert "What will be gone" in asks
        assert "Kept until 29 March 2024: that day has not come yet." in asks
        kept = clerk.post(at("ask_removal", out), seen(out) | {"ground": "past retention", "reason": "Old."})
        assert kept.status_code == 422
        given = {"ground": "published in error", "reason": "A name was published."}
        assert clerk.post(at("ask_removal", out), seen(out) | given).status_code == 302
        own = clerk.get(at("confirm_removal", out))
        assert own.status_code == 409
        assert "somebody else confirms it" in text_of(own)
        assert clerk.post(at("confirm_removal", out), seen(out)).status_code == 409
        assert "This cannot be undone." in text_of(manager.get(at("confirm_removal", out)))
        assert manager.post(at("confirm_removal", out), seen(out)).status_code == 302
        out.refresh_from_db()
        assert out.status == "removed"
        page = text_of(manager.get(at("paper", out)))
        assert "Its contents were removed on 14 March 2018." in page
        assert "Its contents are no longer kept." in page
        assert headline not in page

    def test_it_can_be_refused(self, out: Paper, cast: Cast, signed_in: As) -> None:
        issued.act(out, "removal asked", cast.clerk, AT, "A name was published.")
        client = signed_in("administrator")
        assert client.post(at("refuse_removal", out), seen(out) | {"reason": "It was no name."}).status_code == 302
        assert kinds(out)[-1] == "removal refused"
        assert client.get(at("confirm_removal", out)).status_code == 409


@pytest.mark.parametrize(
    ("name", "who"),
    [
        ("sign_off", {"contract_manager", "officer", "administrator"}),
        ("take_back", {"contract_manager"}),
        ("hand_over", {"contract_manager"}),
        ("record_publication", {"clerk"}),
        ("record_urgency", {"clerk"}),
        ("withdraw_paper", {"clerk"}),
        ("upload_edition", {"clerk", "contract_manager"}),
        ("ask_removal", {"clerk", "contract_manager", "administrator"}),
        ("confirm_removal", {"clerk", "contract_manager", "administrator"}),
        ("refuse_removal", {"clerk", "contract_manager", "administrator"}),
    ],
)
def test_an_act_is_refused_to_who_may_not(name: str, who: set[str], draft: Paper, signed_in: As) -> None:
    for each in ("officer", "contract_manager", "clerk", "administrator"):
        status = signed_in(each).post(at(name, draft)).status_code
        assert (status == 403) == (each not in who), each
    for each in ("board_member", "supplier", "project_manager", "outsider"):
        assert signed_in(each).get(at(name, draft)).status_code == 404


def test_an_act_that_is_not_to_be_done_now_says_so(draft: Paper, signed_in: As) -> None:
    for name in ("record_publication", "withdraw_paper", "ask_removal"):
        for answer in (signed_in("clerk").get(at(name, draft)), signed_in("clerk").post(at(name, draft), seen(draft))):
            assert answer.status_code == 409
            assert "This is not to be done with the paper as it stands." in text_of(answer)
            assert "<textarea" not in answer.content.decode()


def test_the_zip_is_for_the_clerk_and_holds_what_was_frozen(draft: Paper, cast: Cast, signed_in: As) -> None:
    address = at("paper_zip", draft)
    assert signed_in("clerk").get(address).status_code == 404
    issued.with_the_clerk(draft, cast.contract_manager, AT)
    answer = signed_in("clerk").get(address)
    assert answer["Content-Type"] == "application/zip"
    with ZipFile(BytesIO(answer.content)) as archive:
        assert b"2018-01,published" in b"".join(archive.read(name) for name in archive.namelist())
    assert signed_in("officer").get(address).status_code == 403
    assert signed_in("board_member").get(address).status_code == 404


def test_a_stranger_to_the_site_is_asked_to_sign_in(draft: Paper) -> None:
    assert Client().get(at("sign_off", draft)).status_code == 302
