"""What stands around a paper’s figures: the words people wrote, what is exempt, the paper that it adds to."""

from dataclasses import dataclass
from datetime import date

from contracts.rules.months import Month


@dataclass(frozen=True, slots=True)
class Words:
    """
    What people wrote into the paper, or the board's own default; an empty part is not printed, but for the background
    papers, of which a paper has to say that there are none. They are kept until the day ``background_until``.
    """

    item: str = ""
    introduction: str = ""
    recommendation: str = ""
    implications: str = ""
    consultation: str = ""
    background: tuple[str, ...] = ()
    author: str = ""
    lateness: str = ""
    background_until: date | None = None


@dataclass(frozen=True, slots=True)
class RemarkLine:
    """A remark on one KPI or project that the paper lists: ``about`` is `kpi` or `project`."""

    about: str
    subject: str
    text: str


@dataclass(frozen=True, slots=True)
class ExemptLine:
    """A section that is not for publication, by its key and title: paragraph of Schedule 12A, public interest."""

    section: str
    title: str
    paragraph: int
    public_interest: str


@dataclass(frozen=True, slots=True)
class ExemptErratum:
    """What should read otherwise in the exempt part of an earlier paper, and the ground on which that is exempt."""

    place: str
    printed: str
    should_read: str
    because: str
    paper: str
    paragraph: int
    public_interest: str


@dataclass(frozen=True, slots=True)
class ExemptText:
    """An appendix that people wrote for the exempt part alone; its own title stands there and nowhere else."""

    title: str
    text: str
    paragraph: int
    public_interest: str


@dataclass(frozen=True, slots=True)
class BoundTo:
    """The paper that an addendum or a slip of errata adds to, and where it can be read."""

    kind: str
    title: str
    meeting_on: date
    revision: int
    issued_on: date
    address: str
    later_from: Month | None = None
    later_to: Month | None = None
    """The months that it told, where they come after an addendum’s own and do not stand in its table."""
