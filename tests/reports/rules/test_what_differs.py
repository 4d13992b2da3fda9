"""Of two versions of a sentence an erratum prints what differs."""

import pytest

from reports.rules.errata import what_differs


@pytest.mark.parametrize(
    ("printed", "should_read", "expected"),
    [
        ("29", "30", ("29", "30")),
        ("Two failed. Nine met.", "One failed. Nine met.", ("Two failed.\xa0…", "One failed.\xa0…")),
        ("In all: two met. End.", "In all: one met. End.", ("…\xa0two met.\xa0…", "…\xa0one met.\xa0…")),
        ("One failed.", "One failed. Two met.", ("One failed.", "One failed. Two met.")),
        ("Two met. One failed.", "One failed.", ("Two met. One failed.", "One failed.")),
        ("A; b. A; b.", "A; b.", ("…\xa0b. A; b.", "…\xa0b.")),
        ("Late: June; cause: rain; remedy: none.", "to be left out", ("Late: June;\xa0…", "to be left out")),
        ("not listed", "Late: June; cause: rain.", ("not listed", "Late: June; cause: rain.")),
    ],
)  # fmt: skip
def test_what_both_versions_begin_or_end_with_is_left_out(
    printed: str, should_read: str, expected: tuple[str, str]
) -> None:
    assert what_differs(printed, should_read) == expected


def test_no_version_is_ever_left_empty() -> None:
    clauses = ["One.", "Two;", "Three:", "Four."]
    texts = [" ".join(clauses[a:b]) for a in range(4) for b in range(a + 1, 5)]
    for one in texts:
        for other in texts:
            if one != other:
                assert all(text.strip("…\xa0") for text in what_differs(one, other))
