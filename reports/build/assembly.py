"""What was read becomes the frozen paper: one way from judged histories to printed lines, for paper and page alike."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from contracts.models import Contract
from contracts.rules.calendar import MeetingDates
from contracts.rules.months import Month, add_months, contract_month
from kpis.queries import Register
from reports import snapshot
from reports.build import kpis as kpi_half
from reports.build.periods import Earlier
from reports.rules.exceptions import SinceLast, find_exceptions, since_last
from reports.rules.headline import headline
from reports.rules.review import Review

NO_MEETING: Final = snapshot.MeetingHead("", None, None, None, None, None, None, None)


@dataclass(frozen=True, slots=True)
class Known:
    """What was read of a contract. ``corrected``: the day of each month's latest correction."""

    review: Review
    earlier: Earlier
    meeting: snapshot.MeetingHead
    register: Register
    corrected: Mapping[Month, date]
    projects: snapshot.ProjectSection
    requests: tuple[snapshot.RequestLine, ...]
    areas: tuple[snapshot.AreaLine, ...]
    has_illustrative_projects: bool
    errata: tuple[snapshot.ErratumLine, ...] = ()
    exempt_errata: tuple[snapshot.ExemptErratum, ...] = ()


def first_month_read(review: Review) -> Month:
    """The month before the review period decides what recovered, so it is read even where the history leaves it out."""
    return min(review.history_from, add_months(review.first, -1))


def meeting_head(board: str, dates: MeetingDates) -> snapshot.MeetingHead:
    """The meeting a paper is for, with the dates before it."""
    return snapshot.MeetingHead(
        board=board,
        meeting_on=dates.meeting_on,
        publish_by=dates.publish_by,
        data_due_on=dates.data_due_on,
        draft_on=dates.draft_on,
        sign_off_on=dates.sign_off_on,
        with_clerk_on=dates.with_clerk_on,
        addendum_cut_off_on=dates.addendum_cut_off_on,
    )


def assemble(
    contract: Contract, known: Known, *, on: date, kind: str = "report", revision: int = 1, status: str = "draft"
) -> snapshot.BoardPaper:
    """The paper of what is known, as of the day ``on``."""
    review, earlier, register, projects = known.review, known.earlier, known.register, known.projects
    found = find_exceptions(register.histories, review.first, review.last, contract.below_target_is_exception)
    history = kpi_half.month_lines(register, review.history_from, review.last, contract.commences_on)
    changed_from = min(review.first, add_months(earlier.judged_to, 1)) if earlier.judged_to else review.first
    return snapshot.BoardPaper(
        schema=snapshot.SCHEMA,
        kind=kind,
        status=status,
        revision=revision,
        made_on=on,
        contract=snapshot.ContractHead(contract.reference, contract.title, contract.authority, contract.supplier),
        meeting=known.meeting,
        review=snapshot.Review(
            from_=review.first,
            to=review.last,
            from_contract_month=contract_month(review.first, contract.commences_on),
            to_contract_month=contract_month(review.last, contract.commences_on),
            is_repeat=review.is_repeat,
        ),
        history=snapshot.History(from_=review.history_from, to=review.last, months=history),
        headline=headline(
            register.histories, review.first, review.last, register.area_names, is_repeat=review.is_repeat
        ),
        since_last=_since_last(since_last(found, review.first, review.last), earlier, projects),
        months=tuple(line for line in history if line.month >= review.first),
        exceptions=kpi_half.exception_lines(found, review, contract.commences_on),
        reliefs=kpi_half.relief_lines(register, review, contract.stale_relief_months),
        kpi_changes=kpi_half.change_lines(register, changed_from, review.last),
        earlier_failures=kpi_half.earlier_failure_lines(register, review, earlier.reported, known.corrected),
        projects=projects,
        requests=known.requests,
        errata=known.errata,
        exempt_errata=known.exempt_errata,
        areas=known.areas,
        provisional_areas=kpi_half.provisional_areas(register, review),
        has_illustrative=kpi_half.has_illustrative(register, review) or known.has_illustrative_projects,
    )


def _since_last(counts: SinceLast, earlier: Earlier, projects: snapshot.ProjectSection) -> snapshot.SinceLast:
    return snapshot.SinceLast(
        last_meeting_on=earlier.last_on,
        recovered=counts.recovered,
        new=counts.new,
        worsening=counts.worsening,
        continuing=counts.continuing,
        reliefs_continuing=counts.reliefs_continuing,
        reliefs_begun=counts.reliefs_begun,
        reliefs_ended=counts.reliefs_ended,
        projects_slipped=len({line.reference for line in projects.exceptions if line.rule == "slipped"}),
        projects_needing_attention=len({line.reference for line in projects.exceptions}),
    )
