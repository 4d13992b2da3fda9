"""A name is made fit to be shown: one line, no path, nothing unseen, nothing that turns the reading round."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.uploads import cleaned_name, suffix_of
from contracts.uploads.kinds import size_in_words
from contracts.uploads.names import LONGEST


@pytest.mark.parametrize(
    ("given_name", "shown"),
    [
        ("Report.pdf", "Report.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\me\\Report.pdf", "Report.pdf"),
        ("a\r\nSet-Cookie: x=1.pdf", "a Set-Cookie: x=1.pdf"),
        ("re\x00po\x1brt.pdf", "report.pdf"),
        ("invoice\u202efdp.exe", "invoicefdp.exe"),
        ("re\u200bport\ufeff.pdf", "report.pdf"),
        ('the "final" one\'s.pdf', 'the "final" one\'s.pdf'),
        ("  two   spaces\u2003wide .pdf ", "two spaces wide .pdf"),
        ("Cafe\u0301 £.pdf", "Café £.pdf"),
        ("...", "file"),
        ("", "file"),
        ("dir/", "file"),
        (".pdf", "pdf"),
        ("\ud800.pdf", "pdf"),
        ("a" * 300 + ".pdf", "a" * 146 + ".pdf"),
    ],
)
def test_a_name_is_shown_on_one_line(given_name: str, shown: str) -> None:
    assert cleaned_name(given_name) == shown


@given(st.text())
def test_whatever_it_is_called_it_can_be_shown(name: str) -> None:
    shown = cleaned_name(name)
    assert 0 < len(shown) <= LONGEST
    assert shown.isprintable()
    assert not set("/\\") & set(shown)
    assert cleaned_name(shown) == shown


@pytest.mark.parametrize(
    ("name", "suffix"),
    [
        ("a.PDF", ".pdf"),
        ("a.b.csv", ".csv"),
        ("a", ""),
        (".pdf", ""),
        ("a.", ""),
        ("no. 5 of the year", ""),
        ("1.2", ".2"),
    ],
)
def test_the_suffix_is_what_follows_the_last_point(name: str, suffix: str) -> None:
    assert suffix_of(name) == suffix


@pytest.mark.parametrize(
    ("size", "words"),
    [
        (1, "1 byte"),
        (812, "812 bytes"),
        (1024, "1 KB"),
        (34_900, "34 KB"),
        (1_258_291, "1.1 MB"),
        (10 * 2**20, "10 MB"),
    ],
)
def test_a_size_is_said_as_file_managers_say_it(size: int, words: str) -> None:
    assert size_in_words(size) == words
