"""An appendix that an officer writes for the exempt part alone: it survives every building, and stands nowhere else."""

import pytest
from django.urls import reverse

from contracts.models import Person
from reports.models import ExemptAppendix, Paper
from reports.queries.exempt import Appendix, appendices_of, is_parted_as_marked, state_of
from reports.render.document import Listing, Paragraph
from reports.render.printable import printable
from reports.render.sheets import sheets
from reports.render.words import document
from reports.services.acts import NotAsItStands
from reports.services.exempt import MarksRefused, mark_exempt
from reports.services.rebuilding import rebuild
from reports.services.sign_off import sign_off
from reports.snapshot import ExemptText, from_json
from tests.reports.cases import DRAFT_ON
from tests.reports.exempt.conftest import AT, built_again, page_of

OFFER = ExemptText(
    "The offer of March", "They offered £48,250.\n- twice\n- in writing\nNobody has answered.", 3, "A tender."
)
NOTHING = state_of([])
TYPED = {
    "state": NOTHING,
    "appendix-1-title": OFFER.title,
    "appendix-1-text": OFFER.text.replace("\n", "\r\n"),
    "appendix-1-paragraph": "3",
    "appendix-1-interest": OFFER.public_interest,
}


def address(draft: Paper) -> str:
    return reverse("reports:exempt", args=[draft.contract.reference, draft.pk])


def write(draft: Paper, by: Person, *texts: ExemptText, shown: str = NOTHING) -> bool:
    appendices = [Appendix(number, text) for number, text in enumerate(texts, start=1)]
    return mark_exempt(paper=draft, by=by, at=AT, shown=shown, marks=(), appendices=appendices)


def test_it_is_typed_on_the_page_and_goes_into_the_exempt_paper_alone(draft: Paper, manager: Person) -> None:
    assert page_of(manager).post(address(draft), TYPED).status_code == 302
    later = built_again(draft)
    public, exempt = from_json(later.snapshot), from_json(later.exempt_snapshot)
    assert "offer" not in later.snapshot.lower()
    assert exempt.exempt_appendices == (OFFER,)
    *_, placeholder = document(printable(public)).sections
    *_, appendix = document(printable(exempt)).sections
    assert placeholder.title.endswith(": Exempt appendix")
    assert placeholder.blocks[0] == Paragraph("This part is not for publication.")
    assert appendix.title == placeholder.title.replace("Exempt appendix", OFFER.title)
    assert appendix.blocks == (
        Paragraph("They offered £48,250."),
        Listing(("twice", "in writing")),
        Paragraph("Nobody has answered."),
    )
    assert [sheet.key for sheet in sheets(printable(exempt))] == ["paper", "exempt_appendices"]
    assert "exempt_appendices" not in [sheet.key for sheet in sheets(printable(public))]


def test_it_survives_every_building_after_it(draft: Paper, manager: Person) -> None:
    write(draft, manager, OFFER)
    for revision in (2, 3):
        rebuild(paper=draft, by=manager, on=DRAFT_ON, now=AT)
        draft = built_again(draft)
        assert (draft.revision, from_json(draft.exempt_snapshot).exempt_appendices) == (revision, (OFFER,))


def test_until_it_is_built_again_nobody_signs_the_draft(draft: Paper, manager: Person) -> None:
    write(draft, manager, OFFER)
    assert not is_parted_as_marked(draft)
    with pytest.raises(NotAsItStands, match="Build it again first"):
        sign_off(draft, by=manager, at=AT, on=DRAFT_ON, accepted={})


def test_emptied_it_is_taken_away_and_its_history_keeps_it(draft: Paper, manager: Person) -> None:
    write(draft, manager, OFFER)
    (kept,) = appendices_of(draft)
    sent = {**TYPED, "state": state_of([], [kept]), "appendix-1-title": "", "appendix-1-text": ""}
    assert page_of(manager).post(address(draft), sent).status_code == 302
    assert appendices_of(draft) == ()
    assert list(ExemptAppendix.history.values_list("history_type", "title")) == [("-", OFFER.title), ("+", OFFER.title)]


@pytest.mark.parametrize(
    ("missing", "said"),
    [
        ("title", "Give the exempt appendix a title."),
        ("text", "Write the text of the exempt appendix."),
        ("paragraph", "Choose the paragraph for the exempt appendix."),
        ("interest", "Say why withholding the exempt appendix serves the public better"),
    ],
)
def test_it_gives_all_four_and_nothing_typed_is_lost(draft: Paper, manager: Person, missing: str, said: str) -> None:
    refused = page_of(manager).post(address(draft), {**TYPED, f"appendix-1-{missing}": ""})
    shown = refused.content.decode()
    assert refused.status_code == 422
    assert said in shown
    assert ("in writing" in shown) == (missing != "text")
    assert not ExemptAppendix.objects.exists()


def test_somebody_who_was_quicker_is_not_written_over(draft: Paper, manager: Person) -> None:
    write(draft, manager, OFFER)
    other = {**TYPED, "appendix-1-title": "Another", "appendix-1-text": "Other words."}
    refused = page_of(manager).post(address(draft), other)
    assert refused.status_code == 409
    assert OFFER.title in refused.content.decode()
    assert "Other words." in refused.content.decode()
    assert [each.text for each in appendices_of(draft)] == [OFFER]


def test_the_service_refuses_what_the_law_does_not_know(draft: Paper, manager: Person) -> None:
    with pytest.raises(MarksRefused, match="paragraphs 1 to 7"):
        write(draft, manager, ExemptText("A title", "A text", 9, "Because."))


def test_what_is_signed_off_shows_it_and_takes_no_other(draft: Paper, manager: Person) -> None:
    write(draft, manager, OFFER)
    draft.status = Paper.Status.SIGNED_OFF
    draft.save(update_fields=["status"])
    page = page_of(manager).get(address(draft)).content.decode()
    assert OFFER.title in page
    assert "appendix-1-title" not in page
