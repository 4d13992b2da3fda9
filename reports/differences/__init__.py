"""
What differs between two papers, place by place, as printed.

Both papers are put into words as every format prints them, and the words are compared: whatever a paper prints is
reached, and nothing is told that no reader would see. The status, the revision and the day of a paper are left out:
those of two papers always differ.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, zip_longest

from contracts.rules.months import Month
from reports.differences.figures import counted_figures
from reports.differences.printed import NAME, NOTE, Label, Printed, printed_by
from reports.render.printable import printable
from reports.render.words import document
from reports.snapshot import BoardPaper

__all__ = ["Difference", "differences"]

MOST_IN_SUMMARY = 4


@dataclass(frozen=True, slots=True)
class Difference:
    """
    One place where two papers differ. An empty text: that paper has nothing there.

    ``place`` reads as `Summary by month, January 2018, target met` and stays the same for the same place of every
    paper; ``section`` is its first part.
    """

    section: str
    place: str
    before: str
    after: str

    @property
    def is_entry(self) -> bool:
        return not self.before

    @property
    def is_exit(self) -> bool:
        return not self.after

    def in_words(self) -> str:
        """`39 before, 38 now`"""
        if self.is_entry:
            return f"not there before, now: {self.after}"
        if self.is_exit:
            return f"no longer there; before: {self.before}"
        return f"{self.before} before, {self.after} now"


def differences(before: BoardPaper, after: BoardPaper) -> tuple[Difference, ...]:
    """
    Every place where the later paper prints something else, in the order in which it stands there.

    Where the papers show different months, those that both show are compared figure by figure; a month that only one
    shows is told once, in the summary by month.
    """
    shared = {each.month for each in before.history.months} & {each.month for each in after.history.months}
    old, new = _by_place(before), _by_place(after)
    # What left stands where its section does, after what is still there.
    order = [*new, *(key for key in old if key not in new)]
    sections = {section: None for section, _ in order}
    by_section: dict[str, list[tuple[str, str]]] = {section: [] for section in sections}
    for key in order:
        by_section[key[0]].append(key)
    return tuple(
        Difference(found.section, place, was, now)
        for key in chain.from_iterable(by_section.values())
        for found, place, was, now in _compared(old.get(key), new.get(key), shared)
    )


def _by_place(paper: BoardPaper) -> dict[tuple[str, str], Printed]:
    clean = printable(paper)
    found = chain(printed_by(document(clean)), counted_figures(clean))
    return {(each.section, each.key): each for each in found}


def _compared(old: Printed | None, new: Printed | None, shared: set[Month]) -> Iterator[tuple[Printed, str, str, str]]:
    found = new or old
    if found is None:
        return
    if found.is_told_whole and (old is None or new is None):
        yield found, _place(found, None), _whole(old), _whole(new)
        return
    if found.is_prose:
        for label, before, after in _prose(old, new):
            yield found, _place(found, label), before, after
        return
    was, now = (each.texts if each else {} for each in (old, new))
    for label in dict.fromkeys((*now, *was)):
        month = label.month
        if (month is None or month in shared) and was.get(label, "") != now.get(label, ""):
            yield found, _place(found, label), was.get(label, ""), now.get(label, "")


def _prose(old: Printed | None, new: Printed | None) -> Iterator[tuple[Label, str, str]]:
    """Paragraphs that only one paper has, in their order; a new one pushes the others down, which is no difference."""
    was, now = (each.texts if each else {} for each in (old, new))
    gone = [(label, text) for label, text in was.items() if text not in now.values()]
    come = [(label, text) for label, text in now.items() if text not in was.values()]
    for left, right in zip_longest(gone, come):
        if left is None:
            yield Label(f"new {right[0]}"), "", right[1]
        else:
            yield left[0], left[1], right[1] if right else ""


def _place(found: Printed, label: Label | None) -> str:
    return ", ".join(filter(None, (found.section, found.name, str(label) if label else "")))


def _whole(found: Printed | None) -> str:
    """What is new or gone, in its first few texts."""
    if found is None:
        return ""
    told = [_told(label, text) for label, text in found.texts.items() if text and label not in (NAME, NOTE)]
    return "; ".join(told[:MOST_IN_SUMMARY]) or found.name


def _told(label: Label, text: str) -> str:
    """`finish 12 May 2018`, and a sentence without its full stop: `cause: the calls were not counted`."""
    if not str(label):
        return text
    return f"{label}: {text.removesuffix('.')}" if text.endswith(".") else f"{label} {text}"
