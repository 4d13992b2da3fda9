"""
A paper on its way from draft to clerk, and an e-mail on its way to a reader; what must be true of both in the end.

Everything is asked of the database, of the papers' folder and of the mail server, never of the processes under test.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, timedelta
from hashlib import sha256
from itertools import count
from pathlib import Path
from time import monotonic, sleep
from typing import Any, Final

from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection
from django.test import Client
from django.utils import timezone

from contracts.models import Contract, Message, Person
from contracts.queries import working_calendar
from contracts.rules.calendar import draft_on
from contracts.rules.roles import Role
from contracts.services import grant_role, set_demonstration_day
from contracts.services.messages import message_id
from reports.build.periods import offsets_of
from reports.models import Board, Edition, FrozenFile, FrozenPaper, Meeting, Paper, PaperFile, PaperRun
from reports.queries.integrity import damaged_papers
from reports.queries.readiness import load_findings
from reports.rules.signatures import key_of
from reports.services import sign_off, storage
from tests import builders
from tests.faults.mail_server import MailServer
from tests.people import person
from tests.reports.cases import DRAFT_ON, MEETING_ON, a_contract, a_meeting

LOOK_EVERY_SECONDS: Final = 0.1
FARTHEST_MEETING_DAYS: Final = 60
SETTLED: Final = ("sent", "failed", "unsure")
EDITIONS: Final = (Edition.DRAFT, Edition.SIGNED_OFF, Edition.FINAL)
ACTS: Final = {"signed off": 1, "handed over": 1}


@dataclass(slots=True)
class Wrong:
    """What is lost or doubled, in words."""

    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.lost or self.doubled)


@dataclass
class World:
    """The people, and one contract for each paper, so that each can be judged by itself."""

    mail: MailServer
    number: Iterator[int] = field(default_factory=lambda: count(1))

    def __post_init__(self) -> None:
        self.manager = person("manager@example.org", "Contract manager")
        self.clerk = person("clerk@example.org", "Clerk")
        self.reader = person("reader@example.org", "Officer")
        grant_role(person=self.clerk, role=Role.CLERK)
        set_demonstration_day(on=DRAFT_ON)

    def session(self, person: Person | None = None) -> str:
        """Somebody's cookie, the manager's unless told otherwise: every contract here is theirs."""
        client = Client()
        client.force_login(person or self.manager, backend="django.contrib.auth.backends.ModelBackend")
        return client.cookies[settings.SESSION_COOKIE_NAME].value

    def next_paper(self, reference: str = "", due_on: date | None = None) -> "OnItsWay":
        """A report that beat finds due: at once, or on that working day or the last one before."""
        number = next(self.number)
        contract = a_contract(reference or f"F{number:04}")
        grant_role(person=self.manager, role=Role.CONTRACT_MANAGER, contract=contract)
        meeting_on = MEETING_ON if due_on is None else meeting_of_a_draft_on(due_on, contract)
        meeting = a_meeting(contract, board=f"Board {number}", on=meeting_on)
        return OnItsWay(self, contract, meeting)

    def next_message(self) -> Message:
        return builders.message(self.reader, key=f"bench {next(self.number)}")

    def made_papers(self) -> dict[str, int]:
        """How many of each edition were made."""
        return dict(Counter(PaperRun.objects.filter(state="finished").values_list("edition", flat=True)))

    def judge_messages(self) -> Wrong:
        """Of each e-mail at most one copy ever; of what is said to be sent exactly one; nothing left lying."""
        wrong = Wrong()
        for message in Message.objects.select_related("person"):
            copies = self.mail.accepted[message_id(message)]
            if copies > 1:
                wrong.doubled.append(f"message {message.pk}: {copies} copies")
            if message.state not in SETTLED or (message.state == "sent" and not copies):
                wrong.lost.append(f"message {message.pk}: {message.state}, {copies} copies")
        return wrong

    def judge_papers(self) -> Wrong:
        """Everything at once: hashes, files without rows, rows without files, what writers have left."""
        wrong = Wrong(lost=[*damaged_papers()])
        described = {
            *PaperFile.objects.values_list("path", flat=True),
            *FrozenFile.objects.values_list("path", flat=True),
        }
        wrong.doubled += [
            f"{path}: a file without a row" for path in sorted(files_below(settings.PAPERS_DIR) - described)
        ]
        return wrong


@dataclass
class OnItsWay:
    """One paper, edition after edition."""

    world: World
    contract: Contract
    meeting: Meeting
    reached: int = 0

    @property
    def runs(self) -> Any:
        return PaperRun.objects.filter(contract=self.contract)

    @property
    def edition(self) -> Edition:
        return EDITIONS[self.reached]

    def begin(self) -> None:
        """Has the next edition made: beat finds the draft due by itself, the others are acts of the manager."""
        if self.edition == Edition.DRAFT:
            return
        paper, now = Paper.objects.get(contract=self.contract), timezone.now()
        if self.edition == Edition.SIGNED_OFF:
            accepted = {key_of(each): "It may stand." for each in load_findings(paper, DRAFT_ON)}
            sign_off.sign_off(paper, by=self.world.manager, at=now, on=DRAFT_ON, accepted=accepted)
        else:
            sign_off.hand_over(paper, by=self.world.manager, on=DRAFT_ON, now=now, lateness="")

    def is_done(self) -> bool:
        return bool(self.runs.filter(edition=self.edition, state="finished").exists())

    def has_failed(self) -> bool:
        return bool(self.runs.filter(state="failed").exists())

    def judge(self) -> Wrong:
        """After an edition is made: one run, one paper, its files and no others, one act of each kind."""
        wrong = Wrong()
        editions = Counter(self.runs.values_list("edition", flat=True))
        papers = Paper.objects.filter(contract=self.contract).count()
        for name, number in (("paper", papers), *((f"run of the {each}", editions[each]) for each in self.made())):
            self._expect_one(wrong, name, number)
        paper = Paper.objects.filter(contract=self.contract).first()
        if paper is None:
            return wrong
        acts = Counter(paper.acts.values_list("kind", flat=True))
        for kind, edition in zip(ACTS, EDITIONS[1:], strict=True):
            if edition in self.made():
                self._expect_one(wrong, f"act of being {kind}", acts[kind])
        if Edition.FINAL in self.made():
            self._expect_one(wrong, "frozen paper", FrozenPaper.objects.filter(paper=paper).count())
            told = Message.objects.filter(contract=self.contract, kind=Message.Kind.PAPER_HANDED_OVER)
            self._expect_one(wrong, "message to the clerk", told.count())
        self._judge_files(wrong, paper)
        return wrong

    def made(self) -> tuple[Edition, ...]:
        return EDITIONS[: self.reached + 1]

    def _expect_one(self, wrong: Wrong, name: str, number: int) -> None:
        if number < 1:
            wrong.lost.append(f"{self.contract.reference}: no {name}")
        if number > 1:
            wrong.doubled.append(f"{self.contract.reference}: {number} of {name}")

    def _judge_files(self, wrong: Wrong, paper: Paper) -> None:
        rows = dict(PaperFile.objects.filter(paper=paper).values_list("path", "sha256"))
        rows |= dict(FrozenFile.objects.filter(frozen__paper=paper).values_list("path", "sha256"))
        lying = files_below(settings.PAPERS_DIR / self.contract.reference)
        lying = {f"{self.contract.reference}/{path}" for path in lying}
        wrong.doubled += [f"{path}: a file without a row" for path in sorted(lying - rows.keys())]
        for path, digest in sorted(rows.items()):
            place = Path(settings.PAPERS_DIR) / path
            if not place.is_file() or sha256(place.read_bytes()).hexdigest() != digest:
                wrong.lost.append(f"{path}: not what its row describes")


def meeting_of_a_draft_on(day: date, contract: Contract) -> date:
    """The last day of a meeting whose draft is due by that day, with offsets as a new board has them."""
    calendar, offsets = working_calendar(), offsets_of(Board(), contract)
    days = (day + timedelta(days=number) for number in range(1, FARTHEST_MEETING_DAYS))
    return max(each for each in days if draft_on(each, calendar, offsets) <= day)


def is_all_settled() -> bool:
    """Whether no e-mail waits or is being sent."""
    return not Message.objects.exclude(state__in=SETTLED).exists()


def has_no_strays() -> bool:
    """Whether everything that was set aside by writers is cleared away."""
    aside = Path(settings.PAPERS_DIR) / storage.UNFINISHED
    return not aside.is_dir() or not any(aside.iterdir())


def files_below(folder: Path) -> set[str]:
    """The files of papers, with their paths below the folder; what is set aside is nobody's to see yet."""
    return {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and not any(part.startswith(".") for part in path.relative_to(folder).parts)
    }


def asked(question: Callable[[], Any]) -> Any:
    """The answer, or nothing where the database is away: then it is asked again, over another connection."""
    try:
        return question()
    except (DatabaseError, InterfaceError):
        with suppress(DatabaseError, InterfaceError):
            connection.close()
        return None


def waited(is_so: Callable[[], bool], seconds: float) -> float | None:
    """After how many seconds it was so; ``None`` where it was not in time."""
    began = monotonic()
    while not asked(is_so):
        if monotonic() - began > seconds:
            return None
        sleep(LOOK_EVERY_SECONDS)
    return monotonic() - began
