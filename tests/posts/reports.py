"""The forms about the Board's questions, its meetings and the workbook; and those of everybody's own."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from contracts.models import Contract
from tests import builders
from tests.posts import addenda, calendar, desk, drafts, errata, exempt, requests
from tests.posts.form import NINES, Form, People


def forms(contract: Contract, drafting: Contract, people: People) -> Iterator[Form]:
    """The forms about what the Board asks, and about what is put before it."""
    board = builders.board(contract, drafting, name=f"Board of {contract.reference}")
    held, coming = builders.meeting(board, date(2018, 3, 1), "held"), builders.meeting(board, date(2018, 3, 29))
    builders.question(contract, people["board_member"], owner=people["officer"])

    def at(name: str, of: Contract = contract, *more: str) -> tuple[str, str]:
        return f"reports:{name}", reverse(f"reports:{name}", args=[of.reference, *more])

    def form(
        who: str, at: tuple[str, str], fields: dict[str, str], *besides: str, shared: tuple[str, ...] = ()
    ) -> Form:
        return Form(at[0], who, at[1], fields, besides, shared)

    version = {"version": "1"}
    name, address = at("ask_question")
    asked = {"text": "Why did it fall?"}
    yield form("board_member", (name, f"{address}?kpi=CSC_KPI_01"), asked, "follows", "kpi", "month")
    one = at("answer_question", contract, "Q001")
    yield form("officer", one, {"answer": "It rained.", **version}, "state", shared=("contract_manager",))
    handed = {"to": str(people["contract_manager"].pk), **version}
    yield form("officer", at("hand_question", contract, "Q001"), handed, shared=("contract_manager",))
    yield form("board_member", at("withdraw_question", contract, "Q001"), version)
    minuted = {
        "meeting": str(held.pk),
        "text": "Why did it fall?",
        "owner": "Officer",
        "due": str(coming.pk),
        **version,
    }
    yield form("clerk", at("minute_question", contract, "Q001"), minuted, "reference", shared=("contract_manager",))
    put = {"meeting": str(coming.pk), **version}
    yield form("officer", at("put_key_list", drafting), put, NINES[:9], shared=("contract_manager",))
    yield from requests.forms(contract, held, coming, people)
    yield from calendar.forms(contract, coming)
    yield from exempt.forms(contract, board)
    yield from drafts.forms(contract, board)
    yield from addenda.forms(contract, board, people)
    yield from errata.forms(contract, board, people)
    yield from desk.forms(contract, board, people)
    askers = ("administrator",)
    yield form("contract_manager", at("write_paper", contract, str(coming.pk), "projects"), {}, "month", shared=askers)
    yield form("contract_manager", at("write_operational_report"), {"month": "2018-02"}, "kind", shared=askers)
    sheet = (("file", "projects.csv", b"reference,title,stage,kind\nP077,A new one,pipeline,transformation\n"),)
    name, address = at("import_workbook")
    reason, who = {"reason": "From the ledger."}, "contract_manager"
    yield Form(name, who, address, reason, ("confirm", "file"), ("administrator",), sheet)


def forms_of_anybody(people: People) -> Iterator[Form]:
    """What everybody keeps for themselves, and what is done with e-mails."""
    everybody = tuple(people)
    failed = builders.message(people["officer"], state="failed", error="No such mailbox", attempts=10)
    yield Form("choose_kinds", "officer", reverse("choose_kinds"), {"kinds": "returned"}, ("kind",), everybody)
    yield Form("send_message_again", "administrator", reverse("send_message_again", args=[failed.pk]), {})
    yield Form("kept", "officer", reverse("kept"), {}, ("path", "person"), everybody)
