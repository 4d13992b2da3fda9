"""What the commands are asked about: contracts, meetings, months and kinds, with refusals that name what there is."""

from argparse import ArgumentTypeError
from datetime import date

from django.core.management.base import CommandError, CommandParser

from contracts.models import Contract
from contracts.rules.months import Month, MonthNotUnderstood, month_key, month_of, parse_month
from reports.models import Meeting
from reports.models.paper import Kind


def month(text: str) -> Month:
    """A month on the command line."""
    try:
        return parse_month(text)
    except MonthNotUnderstood as refusal:
        raise ArgumentTypeError(str(refusal)) from refusal


def day(text: str) -> date:
    """A day on the command line."""
    try:
        return date.fromisoformat(text)
    except ValueError as refusal:
        raise ArgumentTypeError(f"{text!r} is not a day; write it as 2018-03-29") from refusal


def contract_called(reference: str) -> Contract:
    contract: Contract | None = Contract.objects.filter(reference=reference).first()
    if contract is None:
        there_are = ", ".join(Contract.objects.values_list("reference", flat=True))
        raise CommandError(
            f"There is no contract {reference!r}. There is: {there_are or 'none yet; import one first'}."
        )
    return contract


def refuse_months_outside(contract: Contract, *months: Month, on: date) -> None:
    """A contract can be asked about the months from its first to that of today."""
    earliest, latest = month_of(contract.commences_on), month_of(on)
    for outside in (month for month in months if not earliest <= month <= latest):
        raise CommandError(
            f"The months of {contract.reference} lie between {month_key(earliest)} and {month_key(latest)}:"
            f" {month_key(outside)} does not."
        )


def add_paper_arguments(parser: CommandParser) -> None:
    """Which paper is meant: of a contract, for a meeting or a month, of a kind."""
    parser.add_argument("contract", help="the contract's reference, for example CSS")
    parser.add_argument("--meeting", type=day, help="the day of the meeting, as 2018-03-29")
    parser.add_argument("--board", help="its board's name, where two boards meet on that day")
    parser.add_argument("--month", type=month, help="for the operational report: its month, as 2018-02")
    parser.add_argument("--kind", choices=Kind.values, default=Kind.REPORT.value)


def occasion_of(
    contract: Contract, kind: str, meeting: date | None, board: str | None, month: Month | None
) -> tuple[Meeting | None, Month | None]:
    """The meeting or the month that a paper of a kind is for; one of the two."""
    name = Kind(kind).label
    if kind == Kind.OPERATIONAL:
        if meeting is not None or board is not None:
            raise CommandError(f"The {name} is for a month, not for a meeting: leave out --meeting and --board.")
        if month is None:
            raise CommandError(f"The {name} is for a month: say which with --month, as 2018-02.")
        return None, month
    if month is not None:
        raise CommandError(f"The {name} is for a meeting, not for a month: leave out --month.")
    if meeting is None:
        raise CommandError(f"The {name} is for a meeting: say which with --meeting, as 2018-03-29.")
    return meeting_of(contract, meeting, board), None


def meeting_of(contract: Contract, day: date, board: str | None) -> Meeting:
    """The meeting of that day at which the contract is reported; the board matters only where two meet on one day."""
    meetings = Meeting.objects.filter(board__contracts=contract).select_related("board").order_by("meeting_on")
    found: list[Meeting] = [
        meeting for meeting in meetings if meeting.meeting_on == day and board in (None, meeting.board.name)
    ]
    if not found:
        there_are = ", ".join(meeting.meeting_on.isoformat() for meeting in meetings)
        whose = f" of {board}" if board else ""
        raise CommandError(
            f"There is no meeting{whose} about {contract.reference} on {day.isoformat()}."
            f" There are meetings on: {there_are or 'no day yet'}."
        )
    if len(found) > 1:
        boards = " and ".join(f'"{meeting.board}"' for meeting in found)
        raise CommandError(f"On {day.isoformat()} {boards} meet about {contract.reference}. Say which with --board.")
    return found[0]
