"""
The form in which a key list is put together, by hand and without JavaScript.

Its state lies in the page: pressing a button that moves, adds or takes off a project saves nothing and loses nothing
that was typed. Ranks may be typed too; whatever is pressed, they are applied first.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.forms.boundfield import BoundField
from django.forms.utils import ErrorDict
from django.http import QueryDict

from config.ui.forms import DateField
from projects.queries.key_candidates import Candidate
from projects.rules.key_list import Draft, KeyFault, KeyListFacts, in_order

ENTRY, NEAR = "entry", "near"
"""The hidden boxes that say which projects the page showed, in its order."""
ACTS: Final = ("order", "find", "up", "down", "off", "near_miss", "add", "drop")
"""The buttons that rearrange the page and save nothing; all but the first two name a project."""
MOST_WORDS: Final = 4000
MOST_LISTED: Final = 200


@dataclass(frozen=True, slots=True)
class Line:
    """A project in the form with its box of words; ``rank`` is its place among those on the list."""

    candidate: Candidate
    field: BoundField
    rank: int = 0


@dataclass(frozen=True, slots=True)
class Contested:
    """A project of which the record now says something else than the page."""

    reference: str
    on_record: str
    typed: str


def wants_to_save(data: QueryDict) -> bool:
    """Whether the button pressed is none of those that only rearrange the page."""
    return not any(act in data for act in ACTS)


def rearranged(typed: QueryDict) -> QueryDict:
    """The page as it is after the button that was pressed, with the ranks typed applied first."""
    data = typed.copy()
    entries, near = _keys(typed, ENTRY), _keys(typed, NEAR)
    ranks = {key: rank for key in entries if (rank := _number(typed.get(f"rank_{key}", ""))) is not None}
    entries = in_order(entries, ranks)
    for act in ACTS[2:]:
        key = _number(typed.get(act, ""))
        if key is not None:
            entries, near = _after(act, key, entries, near)
    data.setlist(ENTRY, [str(key) for key in entries])
    data.setlist(NEAR, [str(key) for key in near if key not in entries])
    for rank, key in enumerate(entries, start=1):
        data[f"rank_{key}"] = str(rank)
    return data


def keys_in(data: QueryDict) -> set[int]:
    """The projects that the page names."""
    return {*_keys(data, ENTRY), *_keys(data, NEAR)}


class KeyDraftForm(forms.Form):
    """A proposal: the list in order with rationales, why others leave it, and near misses."""

    size_reason = forms.CharField(
        label="Why the list is longer than agreed",
        help_text="The Board reads it.",
        max_length=MOST_WORDS,
        required=False,
        widget=forms.Textarea({"rows": 2}),
    )

    def __init__(
        self, data: QueryDict | None, *, start: Draft, stood: Sequence[str], named: Sequence[Candidate]
    ) -> None:
        """``start`` is what the page shows at first; ``stood`` the references on the list in force."""
        self._by_key = {each.pk: each for each in named}
        by_reference = {each.reference: each for each in named}
        if data is None:
            self._entries = [by_reference[reference] for reference, _ in start.entries]
            self._near = [by_reference[reference] for reference, _ in start.near_misses]
        else:
            self._entries = [self._by_key[key] for key in _keys(data, ENTRY) if key in self._by_key]
            self._near = [self._by_key[key] for key in _keys(data, NEAR) if key in self._by_key]
        listed = {each.reference for each in self._entries}
        self._left = [by_reference[reference] for reference in stood if reference not in listed]
        super().__init__(data, initial=_initial(start, by_reference))
        for each in self._entries:
            self._ask(f"rationale_{each.pk}", f"Why members should watch {each.reference}", rows=3)
        for each in self._left:
            self._ask(f"left_{each.pk}", f"Why {each.reference} leaves the list", rows=2)
        for each in self._near:
            self._ask(f"near_{each.pk}", f"Why {each.reference} was considered and not chosen", rows=2)

    def _ask(self, name: str, label: str, *, rows: int) -> None:
        box = forms.Textarea({"rows": rows})
        self.fields[name] = forms.CharField(label=label, max_length=MOST_WORDS, required=False, widget=box)

    @property
    def entries(self) -> Iterator[Line]:
        for rank, each in enumerate(self._entries, start=1):
            yield Line(each, self[f"rationale_{each.pk}"], rank)

    @property
    def left(self) -> Iterator[Line]:
        return (Line(each, self[f"left_{each.pk}"]) for each in self._left)

    @property
    def near_misses(self) -> Iterator[Line]:
        return (Line(each, self[f"near_{each.pk}"]) for each in self._near)

    @property
    def number(self) -> int:
        return len(self._entries)

    @property
    def keys(self) -> set[int]:
        """The projects that the page shows anywhere."""
        return {each.pk for each in (*self._entries, *self._near, *self._left)}

    @property
    def draft(self) -> Draft:
        said = self.cleaned_data
        return Draft(
            entries=tuple((each.reference, said.get(f"rationale_{each.pk}", "")) for each in self._entries),
            left={each.reference: said.get(f"left_{each.pk}", "") for each in self._left},
            near_misses=tuple((each.reference, said.get(f"near_{each.pk}", "")) for each in self._near),
            size_reason=said.get("size_reason", ""),
        )

    def judge_nothing(self) -> None:
        """Shows what was typed without a word about what is wrong with it."""
        self._errors = ErrorDict()
        self.cleaned_data = {}

    def show(self, faults: Sequence[KeyFault]) -> None:
        """Puts each fault beside its box."""
        keys = {each.reference: each.pk for each in self._by_key.values()}
        for fault in faults:
            name = f"{fault.field}_{keys[fault.reference]}" if fault.reference in keys else fault.field
            self.add_error(name if name in self.fields else None, fault.words)


class DecisionForm(forms.Form):
    """What the Board decided, and when."""

    decided_on = DateField(label="Decided on", help_text="The day of the meeting, for example 29 3 2018.")
    decision = forms.CharField(
        label="What the Board decided",
        help_text="In the words of the minutes. They are kept with the list.",
        max_length=MOST_WORDS,
        widget=forms.Textarea({"rows": 3}),
    )


class AmendedForm(DecisionForm, KeyDraftForm):
    """A decision that changed the proposal: the list as the Board decided it."""

    field_order = ("decided_on", "decision")


class OnDayForm(forms.Form):
    """The day of which the list is asked for."""

    on = DateField(label="The list as it was on", help_text="For example 21 12 2017.")


def contested(on_record: KeyListFacts, typed: Draft) -> tuple[Contested, ...]:
    """Where what is on record differs from what was typed, project by project."""
    there = {place.reference: f"Rank {place.rank}: {place.rationale}" for place in on_record.places}
    here = {name: f"Rank {rank}: {words}" for rank, (name, words) in enumerate(typed.entries, start=1)}
    absent = "Not on the list"
    return tuple(
        Contested(name, there.get(name, absent), here.get(name, absent))
        for name in dict.fromkeys((*there, *here))
        if there.get(name, "").split() != here.get(name, "").split()
    )


def _after(act: str, key: int, entries: list[int], near: list[int]) -> tuple[list[int], list[int]]:
    others = [each for each in entries if each != key]
    without = [each for each in near if each != key]
    if act in ("up", "down") and key in entries:
        place = entries.index(key) + (1 if act == "down" else -1)
        others.insert(max(place, 0), key)
        return others, near
    if act == "near_miss":
        return others, [*without, key]
    if act == "add":
        return [*others, key], without
    if act == "off":
        return others, near
    return (entries, without) if act == "drop" else (entries, near)


def _initial(start: Draft, by_reference: Mapping[str, Candidate]) -> dict[str, Any]:
    found: dict[str, Any] = {"size_reason": start.size_reason}
    for prefix, words in (("rationale", start.entries), ("left", start.left.items()), ("near", start.near_misses)):
        found |= {f"{prefix}_{by_reference[name].pk}": said for name, said in words if name in by_reference}
    return found


def _keys(data: QueryDict, name: str) -> list[int]:
    numbers = (_number(text) for text in data.getlist(name)[:MOST_LISTED])
    return list(dict.fromkeys(number for number in numbers if number is not None))


def _number(text: str) -> int | None:
    typed = text.strip()
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 19 else None
