"""Every figure of a paper's JSON stands in every file of it, on the same line, under the same heading."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from typing import Any

import pytest

from config.ui.status import look
from reports.render.document import Card, Cell, Document, Kind, Sheet, SheetColumn, Table
from reports.render.printable import printable
from reports.render.sheets import sheets
from reports.render.words import document
from reports.snapshot import BoardPaper, to_dict
from tests.reports.render.cells import rows_of
from tests.reports.render.figures import Figure, figures
from tests.reports.render.laid_out import (
    IN_CELLS,
    IN_WORDS,
    Laid,
    Printed,
    book,
    grids,
    laid,
    plain,
    printed,
    printed_in,
    whole_text,
)
from tests.reports.render.rendered import paper as sample
from tests.reports.render.spoken import squeezed

NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?(?::\d\d)*")
NOT_EVERYWHERE = {"reliefs", "attention", "projects", "milestones", "plan-items", "glance", ""}
"""What the paper tells of some projects only, or tells of them on a card."""
TOLD_AS_PRINTED = {"printed", "should_read"}
"""What papers print is a text, even where it is a number."""
WITHOUT_FIGURES = {"reading", "requests", "changes", "others", "about", "changed"}
"""Sections whose tables say words; the figures that they repeat stand in other sections."""


SAMPLES = {
    "report": "small",
    "report with exceptions": "many_failures",
    "addendum": "addendum",
    "slip": "slip",
    "projects": "board_projects",
    "operational": "month_of_projects",
    "exempt part of a report": "exempt_report",
    "exempt part of a projects paper": "exempt_projects",
}


@cache
def made(kind: str) -> tuple[BoardPaper, Printed]:
    paper = sample(SAMPLES[kind])
    return paper, printed(paper)


@pytest.mark.parametrize("kind", SAMPLES)
def test_every_figure_stands_in_every_file_where_the_json_has_it(kind: str) -> None:
    paper, files = made(kind)
    assert list(misprints(paper, files)) == []


@pytest.mark.parametrize("kind", SAMPLES)
def test_every_section_with_tables_has_figures_to_compare(kind: str) -> None:
    paper, _ = made(kind)
    tables = laid(document(printable(paper)))
    looked_at = {figure.section for figure in figures(to_dict(paper))}
    milestones = {each.section for each in tables if each.table.columns[0].heading == "Milestone"}
    assert {each.section for each in tables} <= looked_at | WITHOUT_FIGURES | milestones


@pytest.mark.parametrize("kind", SAMPLES)
@pytest.mark.parametrize("format", [*IN_WORDS, *IN_CELLS])
def test_a_format_that_prints_another_figure_is_found_out(kind: str, format: str) -> None:
    paper, _ = made(kind)
    clean = printable(paper)
    shown, kept = document(clean), sheets(clean)
    in_words = format in IN_WORDS
    files = printed_in(format, _misprinted(shown) if in_words else shown, kept if in_words else _miswritten(kept))
    found = list(misprints(paper, files))
    assert found
    assert {each.partition(": ")[0] for each in found} == {format}


def misprints(paper: BoardPaper, files: Printed) -> Iterator[str]:
    """Every figure that a file does not have in its place, the format first."""
    shown, said = document(printable(paper)), to_dict(paper)
    tables = laid(shown)
    for format, content in files.words.items():
        grid = grids(format, content)
        if [len(each) for each in grid] != [len(each.table.rows) + 1 for each in tables]:
            yield f"{format}: not the tables of the paper"
            continue
        whole = whole_text(format, content)
        for place, (each, rows) in enumerate(zip(tables, grid, strict=True)):
            for line, cells in enumerate(each.table.rows):
                label = squeezed(_words(cells[0]))
                if not rows[line + 1][0].startswith(label):
                    yield f"{format}: table {place + 1}, line {line + 1} is not {label}"
        for figure in figures(said):
            if not _is_printed(figure, shown, tables, grid, whole):
                yield f"{format}: {figure.place}: {figure.value}"
    yield from _miswritten_cells(paper, said, files)


def _is_printed(figure: Figure, shown: Document, tables: list[Laid], grid: list[list[list[str]]], whole: str) -> bool:
    cells = list(_cells(figure, tables, grid))
    if cells:
        return any(_holds(cell, figure) for cell in cells)
    for card in _cards(shown, figure):
        said = [squeezed(text) for facts in card.facts for row in facts.rows for text in row]
        return all(text in whole for text in said) and (
            figure.column != "Against original" or any(_holds(text, figure) for text in said)
        )
    return figure.section in NOT_EVERYWHERE


def _cells(figure: Figure, tables: list[Laid], grid: list[list[list[str]]]) -> Iterator[str]:
    """The cells on the figure's line and under its heading."""
    for each, rows in zip(tables, grid, strict=True):
        if figure.section not in (each.section, "milestones", ""):
            continue
        if figure.code and each.code != figure.code:
            continue
        for column in (at for at, one in enumerate(each.table.columns) if one.heading == figure.column):
            for line, cells in enumerate(each.table.rows, start=1):
                if any(_begins(_words(cell), figure.line) for cell in cells[:1]):
                    yield rows[line][column]


def _begins(text: str, line: str) -> bool:
    return text == line or text.startswith((f"{line} ", f"{line}\n")) or (line.endswith(",") and text.startswith(line))


def _words(cell: Cell) -> str:
    return cell.text or (look(cell.look).word if cell.look else "")


def _cards(shown: Document, figure: Figure) -> Iterator[Card]:
    for section in shown.sections:
        if section.key == figure.section:
            yield from (each for each in section.blocks if isinstance(each, Card) and each.code == figure.line)


def _holds(cell: str, figure: Figure) -> bool:
    try:
        value = Decimal(figure.value)
    except ArithmeticError:
        return squeezed(figure.value) in cell
    found = [_number(text) for text in NUMBER.findall(cell)]
    rounded = value.quantize(Decimal(1), ROUND_HALF_UP) if figure.section == "money" else value
    return value in found or rounded in found


def _number(text: str) -> Decimal:
    """A time in minutes and seconds, or in hours too, as seconds."""
    total = Decimal(0)
    for part in text.replace(",", "").split(":"):
        total = total * 60 + Decimal(part)
    return total


def _miswritten_cells(paper: BoardPaper, said: Any, files: Printed) -> Iterator[str]:
    expected, workbook = rows_of(said), book(files.book) if files.book else {}
    for sheet in sheets(printable(paper)):
        rows = expected.get(sheet.key)
        if rows is None:
            continue
        kept = {"xlsx": workbook[sheet.title]} if files.book else {}
        kept |= {"csv": plain(files.tables[sheet.key])} if files.tables else {}
        for format, written in kept.items():
            if len(written) < len(rows):
                yield f"{format}: {sheet.key}: {len(written)} rows instead of {len(rows)}"
                continue
            for line, (row, cells) in enumerate(zip(rows, written, strict=False), start=1):
                for column in sheet.columns:
                    if column.key in row and not _is_kept(format, column, row[column.key], cells):
                        yield f"{format}: {sheet.key}, line {line}, {column.key}: {row[column.key]}"


def _is_kept(format: str, column: SheetColumn, value: Any, cells: dict[str, Any]) -> bool:
    """A number is a number in a spreadsheet, and one that has its digits in CSV; a day is a day."""
    cell = cells.get(column.heading if format == "xlsx" else column.key)
    if column.key in TOLD_AS_PRINTED:
        return bool(cell == value)
    if column.kind not in (Kind.FIGURE, Kind.DAY) or isinstance(value, list):
        return True
    if value is None or value == "":
        return bool(cell == "")
    if column.kind is Kind.DAY:
        return bool((cell.isoformat()[:10] if isinstance(cell, date) else cell) == value)
    if format == "xlsx" and not isinstance(cell, int | float):
        return False
    return Decimal(str(cell)) == Decimal(str(value))


def _misprinted(shown: Document) -> Document:
    """The same words, but for the first figure in a table that has any."""
    is_done = False

    def changed(table: Table) -> Table:
        nonlocal is_done
        for line, row in enumerate(table.rows):
            for place, cell in enumerate(row):
                if not is_done and place and NUMBER.search(cell.text) and cell.text[0].isdigit():
                    is_done = True
                    wrong = replace(cell, text=f"9{cell.text}")
                    cells = (*row[:place], wrong, *row[place + 1 :])
                    return replace(table, rows=(*table.rows[:line], cells, *table.rows[line + 1 :]))
        return table

    found = []
    for section in shown.sections:
        blocks: list[Any] = []
        for block in section.blocks:
            if isinstance(block, Table) and section.key not in WITHOUT_FIGURES:
                blocks.append(changed(block))
            elif isinstance(block, Card):
                blocks.append(replace(block, tables=tuple(map(changed, block.tables))))
            else:
                blocks.append(block)
        found.append(replace(section, blocks=tuple(blocks)))
    assert is_done
    return replace(shown, sections=tuple(found))


def _miswritten(kept: tuple[Sheet, ...]) -> tuple[Sheet, ...]:
    """The same tables, but for the first number in them, or the first that is printed as a text."""
    for at, sheet in enumerate(kept):
        for line, row in enumerate(sheet.rows):
            for place, value in enumerate(row):
                is_number = isinstance(value, int | Decimal) and not isinstance(value, bool)
                if sheet.key != "paper" and (is_number or sheet.columns[place].key in TOLD_AS_PRINTED):
                    wrong_value: Any = value + 1 if isinstance(value, int | Decimal) else f"{value}0"
                    cells = (*row[:place], wrong_value, *row[place + 1 :])
                    wrong = replace(sheet, rows=(*sheet.rows[:line], cells, *sheet.rows[line + 1 :]))
                    return (*kept[:at], wrong, *kept[at + 1 :])
    raise AssertionError("no table holds a number")
