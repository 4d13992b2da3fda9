"""
What gets into a cell when nobody means well, or nobody looks: the same from the same seed.

Of each cell it is known beforehand what a careful reader makes of it: its one meaning, as somebody would type it, or
that it is to be refused.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from random import Random
from typing import Final

REFUSED: Final = None
TOO_LONG: Final = 32_768
MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
FORMULAS: Final = (
    "=1+1", "=cmd|'/c calc'!A0", "+44 20 7946 0000", "-2+3", "@SUM(A1:A9)", "=HYPERLINK(\"http://example.org\")", "'=1",
    "''=1", "\t=1", "＝1+1", "=", "'", "''", "-", "--", "=1\n=2",
)  # fmt: skip
WRITING: Final = (
    "שלום", "\u202edlrow\u202c", "a\u200bb", "e\u0301", "\U0001f600", "\u2028", "ﬁ", "𝟗𝟑", "٩٣", "九三", "\xa0",
    "\ufeff",
    "<script>alert(1)</script>", "{{ 7*7 }}", "{% raise %}", "</textarea>", '"><img src=x>', "' OR 1=1 --", "%s%n%x",
    "../../etc/passwd", "\\", "_x0041_", "&#0;", "&amp;", "null", "None", "NaN", "true", "\ud7ff", "\ufffd",
)  # fmt: skip
CONTROLS: Final = tuple(chr(number) for number in (*range(9), 11, 12, *range(14, 32), 127, 128, 133, 159))


@dataclass(frozen=True, slots=True)
class Hostile:
    """A cell as it is typed, and what it means; ``None`` where it means nothing and is to be refused."""

    typed: str
    meaning: str | None


Maker = Callable[[Random], Hostile]


def number(rng: Random) -> Hostile:
    """For a box that takes a percentage."""
    return rng.choice(NUMBERS)(rng)


def month(rng: Random) -> Hostile:
    """For a box that takes a month."""
    return rng.choice(MONTHS_TYPED)(rng)


def day(rng: Random) -> Hostile:
    """For a box that takes a day."""
    return rng.choice(DAYS_TYPED)(rng)


def words(rng: Random) -> Hostile:
    """For a box that takes words; they mean themselves, without what no text can have in it."""
    return rng.choice(WORDS_TYPED)(rng)


def tidied(typed: str) -> str:
    """What a box of a form keeps of it: every sign but controls, lines ended alike, no space around."""
    lines = typed.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(sign for sign in lines if sign not in CONTROLS).strip()


def in_a_sheet(cell: Hostile) -> str | None:
    """What it means in a cell of a spreadsheet, where one apostrophe before a formula is not part of the text."""
    if cell.meaning is None or not cell.meaning.startswith("'"):
        return cell.meaning
    return cell.meaning[1:] if cell.meaning.lstrip("'")[:1] in tuple("=+-@＝＋－＠") else cell.meaning


def rows(seed: int, count: int) -> Iterator[dict[str, Hostile]]:
    """So many rows of seven cells that each stand for themselves: a value, three texts, a comment, a month, a day."""
    rng = Random(seed)
    for _ in range(count):
        yield {name: make(rng) for name, make in KINDS.items()}


# --- Numbers ---------------------------------------------------------------------------------------------------------


def _plain(rng: Random) -> Hostile:
    whole, part = rng.randrange(101), rng.randrange(1_000)
    typed = f"{whole}.{part:03}"
    return Hostile(typed, typed.rstrip("0").rstrip("."))


def _dressed(rng: Random) -> Hostile:
    bare = rng.randrange(1, 100)
    dress = rng.choice((" {}", "{} ", "{}%", "{} %", "+{}", "{}.0", "{}.000000", "00{}"))
    return Hostile(dress.format(bare), str(bare))


def _no_number(rng: Random) -> Hostile:
    return Hostile(
        rng.choice(
            (
                "NaN", "nan", "inf", "-inf", "Infinity", "1e400", "1E5", "1e-400", "0x1F", "1_000", "1,00", "1.2.3",
                "12,5", "9O", "l00", "--5", "5-", "£5", "5 percent", "5%%", "%", "%5", "1/2", "½", "٩٣", "𝟗𝟑",
                "#DIV/0!", "=1+1", "TRUE", "n/a", "-", ".", "5 5", "0.1234567", "1234567890123456", "1" * 61,
                "9" * 5_000, "1\n2",
            )
        ),
        REFUSED,
    )  # fmt: skip


# --- Months and days -------------------------------------------------------------------------------------------------


def _good_month(rng: Random) -> Hostile:
    year, place = rng.randrange(2018, 2030), rng.randrange(12)
    name = MONTHS[place]
    typed = rng.choice(
        (
            f"{year}-{place + 1:02}", f"{year}-{place + 1}", f"{name} {year}", f"{name[:3]}-{year % 100:02}",
            f"{name.upper()} {year}", f"  {name[:3]}  {year} ", f"{name[:3].lower()}-{year}",
            f"{year}-{place + 1:02}-28",
        )
    )  # fmt: skip
    return Hostile(typed, f"{name} {year}")


def _no_month(rng: Random) -> Hostile:
    return Hostile(
        rng.choice(
            (
                "soon", "2018-13", "2018-00", "0000-01", "9999-12", "1800-01", "03/18", "3/2018", "March", "Mar 18",
                "2018", "201803", "Marchember 2018", "March 20180", "2018-02-30", "20l8-03", "Q1 2018", "٢٠١٨-٠٣",
                "March-" + "8" * 400, "=A1", "2018-03-", "-2018-03", "March\u202e 2018",
            )
        ),
        REFUSED,
    )  # fmt: skip


def _good_day(rng: Random) -> Hostile:
    year, place, number = rng.randrange(2019, 2030), rng.randrange(12), rng.randrange(1, 29)
    name = MONTHS[place]
    typed = rng.choice(
        (
            f"{number}/{place + 1}/{year}", f"{number:02}/{place + 1:02}/{year}", f"{number}.{place + 1}.{year}",
            f"{year}-{place + 1:02}-{number:02}", f"{number} {name} {year}", f"{number}-{name[:3]}-{year}",
            f" {number}  {name.upper()} {year}",
        )
    )  # fmt: skip
    return Hostile(typed, f"{number} {name} {year}")


def _no_day(rng: Random) -> Hostile:
    return Hostile(
        rng.choice(
            (
                "tomorrow", "31/2/2018", "2018-02-29", "13/13/2018", "0/1/2018", "3/14/2018", "29/3/18", "29/3",
                "2018-3", "29 March", "29 Marchember 2018", "1/1/0001", "1/1/9999", "43188.5", "#VALUE!", "29//3/2018",
                "29/3/2018 10:00", "٢٩/٣/٢٠١٨", "9" * 300, "=TODAY()",
            )
        ),
        REFUSED,
    )  # fmt: skip


# --- Words -----------------------------------------------------------------------------------------------------------


def _formula(rng: Random) -> Hostile:
    typed = rng.choice(FORMULAS)
    return Hostile(typed, typed.strip())


def _writing(rng: Random) -> Hostile:
    typed = " ".join(rng.choices(WRITING, k=rng.randrange(1, 6)))
    return Hostile(typed, typed.strip())


def _lines(rng: Random) -> Hostile:
    lines = [rng.choice(WRITING[12:]) for _ in range(rng.randrange(1, 5))]
    return Hostile(rng.choice(("\n", "\r\n", "\r")).join(lines), "\n".join(lines).strip())


def _control(rng: Random) -> Hostile:
    return Hostile(f"a{rng.choice(CONTROLS)}b", REFUSED)


def _long(rng: Random) -> Hostile:
    length = rng.choice((255, 256, 8_192, TOO_LONG - 2, TOO_LONG - 1))
    return Hostile("x" * length, "x" * length)


def _too_long(rng: Random) -> Hostile:
    return Hostile("y" * rng.choice((TOO_LONG, TOO_LONG + 1)), REFUSED)


NUMBERS: Final[tuple[Maker, ...]] = (_plain, _dressed, _no_number, _no_number)
MONTHS_TYPED: Final[tuple[Maker, ...]] = (_good_month, _no_month)
DAYS_TYPED: Final[tuple[Maker, ...]] = (_good_day, _no_day)
OFTEN: Final[tuple[Maker, ...]] = (_formula, _formula, _writing, _writing, _writing, _lines, _lines, _control)
WORDS_TYPED: Final[tuple[Maker, ...]] = (*OFTEN, *OFTEN, *OFTEN, *OFTEN, _long, _too_long)
KINDS: Final[Mapping[str, Maker]] = {
    "value": number,
    "comment": words,
    "cause": words,
    "effect": words,
    "remedy": words,
    "recovery_month": month,
    "explanation_awaited_on": day,
}
