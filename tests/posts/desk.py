"""The forms of the acts on a paper, each on a paper of its own in the state that the act is for."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from django.urls import reverse

from contracts.models import Contract
from reports.models import Board, Paper, PaperAct
from reports.queries.readiness import load_findings
from reports.rules.signatures import key_of
from tests import builders
from tests.builders import issued
from tests.posts.form import Form, People

ON = date(2018, 3, 14)
AT = datetime(2018, 3, 13, 9, tzinfo=UTC)
TOMORROW = ON + timedelta(days=1)
NEXT_YEAR = date(2019, 1, 7)
REMOVERS = ("administrator", "contract_manager")
EDITED = (("file", "agenda-pack.txt", b"Agenda and paper."),)


def forms(contract: Contract, board: Board, people: People) -> Iterator[Form]:
    """From signing off to confirming a removal."""
    manager, clerk = people["contract_manager"], people["clerk"]
    days = iter(NEXT_YEAR + timedelta(days=number) for number in range(20))

    def paper(on: date | None = None) -> Paper:
        return builders.paper(contract, builders.meeting(board, on or next(days)), date(2018, 3, 12))

    def form(name: str, who: str, of: Paper, fields: dict[str, str], *shared: str) -> Form:
        last = PaperAct.objects.filter(paper=of).order_by("at", "pk").last()
        seen = {"seen": str(last.pk if last else 0)}
        address = reverse(f"reports:{name}", args=[contract.reference, of.pk])
        return Form(f"reports:{name}", who, address, seen | fields, ("status", "kind"), shared)

    signed = [issued.signed_off(paper(), manager, AT) for _ in range(2)]
    yield form("take_back", "contract_manager", signed[0], {"reason": "A month is missing."})
    yield form("hand_over", "contract_manager", signed[1], {})
    when = {"published_at_day": "14", "published_at_month": "3", "published_at_year": "2018"}
    where = {"published_time": "00:01", "address": issued.WHERE}
    frozen = [issued.with_the_clerk(paper(), manager, AT) for _ in range(3)]
    yield form("record_publication", "clerk", frozen[0], when | where)
    late = issued.with_the_clerk(paper(TOMORROW), manager, AT)
    yield form("record_urgency", "clerk", late, {"words": "The contract ends before the next meeting."})
    yield form("withdraw_paper", "clerk", frozen[1], {"reason": "The wrong months were judged."})
    edited = form("upload_edition", "clerk", frozen[2], {"note": "The cover sheet was added."}, "contract_manager")
    yield Form(edited.name, edited.who, edited.address, edited.fields, edited.besides, edited.shared, EDITED)
    out = [issued.published(paper(), manager, clerk, AT) for _ in range(3)]
    why = {"ground": "published in error", "reason": "A name was published."}
    yield form("ask_removal", "clerk", out[0], why, *REMOVERS)
    for each in out[1:]:
        issued.act(each, "removal asked", manager, AT, "A name was published.")
    yield form("confirm_removal", "clerk", out[1], {}, *REMOVERS)
    yield form("refuse_removal", "clerk", out[2], {"reason": "It was no name."}, *REMOVERS)
    # Last, as what would be built now is not to change any more.
    draft = issued.as_built_now(paper(), ON)
    words = {key_of(each): "Known, and told to the Board." for each in load_findings(draft, ON)}
    yield form("sign_off", "contract_manager", draft, words, "officer", "administrator")
