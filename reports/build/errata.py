"""
What the corrections made since move in a frozen paper: one correction after the other is made in it, and what each of
them changes in its words is told.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from kpis.queries import Area, Register
from kpis.rules.corrections import Corrected
from kpis.rules.status import Judgement, KpiHistory, Reading, judge
from reports import snapshot
from reports.build import kpis as kpi_half
from reports.build.as_printed import Printed
from reports.build.halves import blanked
from reports.differences import Difference, differences
from reports.models.paper import Audience
from reports.rules.errata import LEFT_OUT, NOT_THERE, Moved, Place
from reports.rules.exceptions import find_exceptions, since_last
from reports.rules.headline import headline

Differ = Callable[[snapshot.BoardPaper, snapshot.BoardPaper], Sequence[Difference]]


@dataclass(frozen=True, slots=True)
class Standing:
    """
    A frozen paper as it would read: its KPIs judged, and where figures were corrected.

    ``has_our_headline``: the printed headline is the one that the figures give, so that it follows them.
    """

    printed: Printed
    histories: Mapping[str, KpiHistory]
    corrected: frozenset[Place] = frozenset()
    has_our_headline: bool = False

    def after(self, correction: Corrected) -> "Standing":
        """The same once one more figure was corrected; itself where the paper does not judge that figure."""
        history = self.histories.get(correction.code)
        stood = history.at(correction.month) if history else None
        if history is None or stood is None:
            return self
        reading = self._reading(correction, stood)
        if reading is not None and history.terms.level_at(stood.month) is None and not reading.not_measured_reason:
            return self
        judged = judge(history.terms, stood.month, reading, stood.relief)
        judgements = tuple(judged if each is stood else each for each in history.judgements)
        return replace(
            self,
            histories={**self.histories, correction.code: KpiHistory(history.terms, judgements)},
            corrected=self.corrected | {(correction.code, correction.month)},
        )

    def _reading(self, correction: Corrected, stood: Judgement) -> Reading | None:
        """The corrected figure; what was said about it, and whether it was provisional, is not the correction's."""
        was, after = stood.reading, correction.after
        if after == Reading():
            return None
        return after._replace(
            is_provisional=was.is_provisional if was else False,
            source=was.source if was else "",
            explanation=self.printed.explanation(correction.code, correction.month),
        )

    def paper(self) -> snapshot.BoardPaper:
        """The paper with these figures; all that no correction of a figure can move stays as it is printed."""
        frozen, of = self.printed.paper, self.printed
        histories = tuple(self.histories.values())
        areas = tuple(Area(0, area.code, area.name) for area in frozen.areas)
        register = Register(areas, histories, (), frozen.history.from_, frozen.review.to)
        found = find_exceptions(histories, of.review.first, of.review.last, of.below_target_counts)
        counts = kpi_half.month_lines(register, frozen.history.from_, frozen.history.to, of.commences_on)
        since = since_last(found, of.review.first, of.review.last)
        return replace(
            frozen,
            headline=self.headline() if self.has_our_headline else frozen.headline,
            history=replace(frozen.history, months=counts),
            months=tuple(line for line in counts if line.month >= of.review.first),
            since_last=replace(
                frozen.since_last,
                recovered=since.recovered,
                new=since.new,
                worsening=since.worsening,
                continuing=since.continuing,
            ),
            exceptions=tuple(
                replace(line, results=self._lines(line.kpi, line.results))
                for line in kpi_half.exception_lines(found, of.review, of.commences_on)
            ),
            earlier_failures=tuple(self._earlier(register)),
            areas=tuple(
                replace(area, kpis=tuple(replace(kpi, results=self._lines(kpi.kpi, kpi.results)) for kpi in area.kpis))
                for area in frozen.areas
            ),
        )

    def headline(self) -> str:
        """The sentences that the figures give."""
        review, names = self.printed.review, {area.code: area.name for area in self.printed.paper.areas}
        return headline(
            tuple(self.histories.values()),
            review.first,
            review.last,
            names,
            is_repeat=review.is_repeat,
            begins_with_months=self.printed.paper.kind == "addendum",
        )

    def _lines(self, code: str, lines: Iterable[snapshot.ResultLine]) -> tuple[snapshot.ResultLine, ...]:
        """Each result as it is printed, but for the corrected figure and what it was judged."""
        cells = self.printed.cells
        return tuple(self._line(code, cells.get((code, line.month), line)) for line in lines)

    def _line(self, code: str, printed: snapshot.ResultLine) -> snapshot.ResultLine:
        if (code, printed.month) not in self.corrected:
            return printed
        history = self.histories[code]
        judged = next(each for each in history.judgements if each.month == printed.month)
        new = kpi_half.result_line(history.terms, judged, self.printed.commences_on)
        return replace(
            printed,
            value=new.value,
            target=new.target,
            minimum=new.minimum,
            measured=new.measured,
            contractual=new.contractual,
            numerator=new.numerator,
            denominator=new.denominator,
            not_measured_reason=new.not_measured_reason,
        )

    def _earlier(self, register: Register) -> Iterator[snapshot.EarlierFailure]:
        """The notes under the history: as printed where the month's count is."""
        as_printed = {(each.month, each.below_minimum): each for each in self.printed.paper.earlier_failures}
        told = {each.month: each.reported_on for each in self.printed.paper.earlier_failures}
        reported = {**self.printed.reported, **told}
        for line in kpi_half.earlier_failure_lines(register, self.printed.review, reported, {}):
            yield as_printed.get((line.month, line.below_minimum), line)


@dataclass(frozen=True, slots=True)
class Halved:
    """A frozen paper as the public reads it, and its exempt part, which keeps the figures of both."""

    public: snapshot.BoardPaper
    exempt: snapshot.BoardPaper | None = None

    @property
    def whole(self) -> snapshot.BoardPaper:
        return self.public if self.exempt is None else replace(self.exempt, audience=Audience.PUBLIC.value, exempt=())

    def parted(self, whole: snapshot.BoardPaper) -> Iterator[tuple[Audience, snapshot.BoardPaper, snapshot.BoardPaper]]:
        """Each half as it is frozen, and with other figures."""
        if self.exempt is None:
            yield Audience.PUBLIC, self.public, whole
            return
        yield Audience.PUBLIC, self.public, blanked(replace(whole, exempt=self.exempt.exempt))
        exempt = replace(whole, audience=Audience.EXEMPT.value, exempt=self.exempt.exempt)
        yield Audience.EXEMPT, self.exempt, exempt


Otherwise = dict[str, tuple[Audience, str, str]]
"""By place, where a paper would read otherwise: who may read it, what it prints, and what it would say."""


def otherwise(halves: Halved, standing: Standing, differ: Differ = differences) -> Otherwise:
    """Where the frozen paper reads otherwise than it would. What both halves print is public."""
    found: Otherwise = {}
    for audience, frozen, half in halves.parted(standing.paper()):
        for place, (printed, now) in _by_place(differ(_figures_alone(frozen), _figures_alone(half))).items():
            found.setdefault(place, (audience, printed, now))
    return found


def _by_place(found: Sequence[Difference]) -> dict[str, tuple[str, str]]:
    """A KPI that leaves one list and enters another of the same section does both in one place."""
    texts: dict[str, tuple[list[str], list[str]]] = {}
    for each in found:
        before, after = texts.setdefault(each.place, ([], []))
        before += [each.before] if each.before else []
        after += [each.after] if each.after else []
    return {place: ("; ".join(before), "; ".join(after)) for place, (before, after) in texts.items()}


def moved_between(before: Otherwise, after: Otherwise) -> list[tuple[Audience, Moved]]:
    """
    What one correction has moved. What the paper prints is its own text, whatever earlier corrections made of it.

    Where it no longer reads otherwise, it should read as it is printed.
    """
    moved = [
        (audience, Moved(place, printed or NOT_THERE, now or LEFT_OUT))
        for place, (audience, printed, now) in after.items()
        if place not in before or before[place][2] != now
    ]
    again = [
        (audience, Moved(place, printed or NOT_THERE, printed or NOT_THERE))
        for place, (audience, printed, _) in before.items()
        if place not in after
    ]
    return moved + again


def standing_of(printed: Printed, since: Iterable[Corrected]) -> Standing:
    """The paper as it was printed, before the corrections that were made since."""
    before: dict[Place, Reading] = {}
    for each in since:
        if (each.code, each.month) not in printed.cells:
            before.setdefault((each.code, each.month), each.before)
    standing = Standing(printed, printed.histories(before))
    return replace(standing, has_our_headline=standing.headline() == printed.paper.headline)


def _figures_alone(paper: snapshot.BoardPaper) -> snapshot.BoardPaper:
    """The paper without what no correction moves, so that it need not be put into words again and again."""
    return replace(
        paper,
        projects=replace(paper.projects, key=(), exceptions=(), register=(), near_misses=()),
        requests=(),
        errata=(),
        exempt_errata=(),
        exempt_appendices=(),
    )
