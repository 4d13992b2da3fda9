"""The references under which things are put on record: a letter and a number, counted up within a contract."""

from collections.abc import Iterable


def next_reference(taken: Iterable[str], letter: str) -> str:
    """`Q008` after `Q007`, `Q001` where nothing is taken yet; references of another form are passed over."""
    numbers = [each.removeprefix(letter) for each in taken if each.startswith(letter)]
    return f"{letter}{max((int(number) for number in numbers if number.isdecimal()), default=0) + 1:03}"
