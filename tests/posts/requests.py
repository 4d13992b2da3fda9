"""The forms about what the Board asked for, and about the work on the papers."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from contracts.models import Contract
from reports.models import Meeting, PaperRun
from tests import builders
from tests.posts.form import Form, People

WHO_MINUTES = ("contract_manager", "administrator")


def forms(contract: Contract, held: Meeting, coming: Meeting, people: People) -> Iterator[Form]:
    """Each on a request in the state it is for, and on a run that has failed."""
    given = {"raised_on": held.meeting_on, "meeting": held}
    waiting = builders.request(contract, "B101", **given)
    closed = builders.request(contract, "B102", status="closed", answer="Done.", closed_on=date(2018, 3, 5), **given)
    failed = PaperRun.objects.create(
        contract=contract, meeting=coming, kind="projects", due_on=date(2018, 3, 14), state="failed", attempts=3
    )
    version = {"version": "1"}

    def form(name: str, of: object, fields: dict[str, str], *besides: str, who: str = "clerk") -> Form:
        address = reverse(f"reports:{name}", args=[contract.reference, *([of] if of else [])])
        shared = tuple({"clerk", *WHO_MINUTES} - {who}) if who == "clerk" else WHO_MINUTES[1:]
        return Form(f"reports:{name}", who, address, fields, besides, shared)

    said = {
        "meeting": str(held.pk),
        "kind": "request",
        "text": "Show it monthly.",
        "raised_by": "Chairman of the Board",
    }
    told = {"owner": "Officer", "assigned_to": str(people["officer"].pk), "due": str(coming.pk), "reference": ""}
    yield form("minute_request", None, said | told, "status", "answer")
    yield form("answer_request", waiting.pk, {"answer": "From April.", **version}, "close", "status")
    handed = {"owner": "Officer", "assigned_to": str(people["officer"].pk), **version}
    yield form("hand_request", waiting.pk, handed, "status")
    moved = {"due": str(coming.pk), "reason": "The figures come later.", **version}
    yield form("move_due", waiting.pk, moved, "due_meeting_on")
    yield form("reopen_request", closed.pk, {"reason": "Not enough.", **version}, "status")
    yield form("run_again", failed.pk, {}, "state", who="contract_manager")
