"""
Results by the tens of thousands from a spreadsheet and from CSV, beside the bare reading of the file and `COPY`.

The workbooks are made from a fixed seed, of a contract of their own with as many KPIs as they need. Each is read in a
new process, whose processor time and most memory are its own: `python3 bench/imports.py bare PATH`, `take PATH`.
"""

import csv
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from bench.goals import Part  # noqa: E402
from bench.memory import most_held  # noqa: E402
from bench.shape import FULL, Shape  # noqa: E402

MONTHS: Final = 120
TURNS: Final = 3
XLSX_KPIS, CSV_KPIS = 450, 4500
SMALLER: Final = 10
HEADS: Final = {
    "contract": ("reference", "title", "authority", "supplier", "commences_on"),
    "service_areas": ("code", "name"),
    "kpis": ("code", "service_area", "name", "unit", "polarity", "in_force_from"),
    "levels": ("kpi", "effective_from", "target", "minimum"),
    "results": ("kpi", "month", "value", "state", "cause", "effect", "remedy", "source"),
}
COPY: Final = "COPY bench_copied FROM STDIN WITH (FORMAT csv, HEADER, FORCE_NOT_NULL (cause, effect, remedy))"
UPSERT: Final = """
    INSERT INTO bench_results (kpi_id, month, value, not_measured_reason, cause, effect, remedy, source, is_shared,
        version, comment)
    SELECT kpi, month, value, '', cause, effect, remedy, '', FALSE, 1, '' FROM bench_copied
    ON CONFLICT (kpi_id, month) DO UPDATE SET value = EXCLUDED.value, cause = EXCLUDED.cause
"""


@dataclass(frozen=True, slots=True)
class Done:
    """What a process of its own took for one deed, without its start; memory is the most it ever held, in MB."""

    cpu: float
    wall: float
    megabytes: float


@dataclass(frozen=True, slots=True)
class Turn:
    """What one turn took: the bare read and the import of the spreadsheet, the seconds of `COPY`, the import of CSV."""

    bare: Done
    few: Done
    copied: float
    many: Done


def measure(shape: Shape, rounds: int) -> Part:
    smaller = 1 if shape == FULL else SMALLER
    with TemporaryDirectory(prefix="scrutineer-imports-") as name:
        turns = [_turn(Path(name) / str(number), number, smaller) for number in range(min(rounds, TURNS))]
    number = CSV_KPIS // smaller * MONTHS
    by_turn = {
        "import of 54,000 results from .xlsx, CPU ÷ bare read": [each.few.cpu / each.bare.cpu for each in turns],
        "import of 54,000 results from .xlsx, wall with the database's ÷ bare read": [
            each.few.wall / each.bare.wall for each in turns
        ],
        "import of 540,000 results from CSV, rows/s ÷ COPY and upsert": [
            each.copied / each.many.wall for each in turns
        ],
    }
    figures = {name: statistics.median(found) for name, found in by_turn.items()}
    strays = {name: (max(found) - min(found)) / figures[name] for name, found in by_turn.items()}
    figures["import of 540,000 results, memory"] = max(each.many.megabytes for each in turns)
    details = {
        "results from .xlsx": number // (CSV_KPIS // XLSX_KPIS),
        "results from CSV": number,
        "each": [asdict(each) for each in turns],
    }
    return Part(figures, strays, details)


def _turn(folder: Path, number: int, smaller: int) -> Turn:
    """Each import beside its yardstick, of contracts that are not there yet."""
    folder.mkdir()
    xlsx = _xlsx(folder / "few.xlsx", XLSX_KPIS // smaller, f"FEW{number}")
    sheets = _csv(folder / "many", CSV_KPIS // smaller, f"MANY{number}")
    bare, few = _done("bare", xlsx), _done("take", xlsx)
    copied, many = _copied(sheets / "results.csv", CSV_KPIS // smaller), _done("take", sheets)
    return Turn(bare, few, copied, many)


def _done(deed: str, path: Path) -> Done:
    done = subprocess.run([sys.executable, __file__, deed, str(path)], capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(done.stderr[-3000:])
    return Done(**json.loads(done.stdout.splitlines()[-1]))


def main() -> None:
    """In a process of its own: reads the file bare, or imports it."""
    deed, path = sys.argv[1], Path(sys.argv[2])
    if deed == "take":
        import django

        django.setup()
        from reports.workbook import import_workbook
    else:
        from python_calamine import CalamineWorkbook
    began, spent = time.perf_counter(), time.process_time()
    if deed == "take":
        outcome = import_workbook(path)
        if outcome.is_refused:
            sys.exit("\n".join(str(each) for each in outcome.problems[:20]))
    else:
        book = CalamineWorkbook.from_path(str(path))
        for sheet in book.sheet_names:
            book.get_sheet_by_name(sheet).to_python()
    cpu, wall = time.process_time() - spent, time.perf_counter() - began
    found = {"cpu": round(cpu, 3), "wall": round(wall, 3), "megabytes": round(most_held(), 1)}
    sys.stdout.write(json.dumps(found) + "\n")


def _rows(kpis: int, reference: str) -> Iterator[tuple[str, Iterator[tuple[str, ...]]]]:
    yield "contract", iter([(reference, "A contract to be imported", "Exampleshire", "Example plc", "2012-03-01")])
    yield "service_areas", ((f"A{area}", f"Area {area}") for area in range(5))
    codes = [f"A{number % 5}_KPI_{number:04}" for number in range(kpis)]
    yield (
        "kpis",
        (
            (code, f"A{number % 5}", f"Measure {number}", "percent", "higher", "2012-03")
            for number, code in enumerate(codes)
        ),
    )
    yield "levels", ((code, "2012-03", "95", "90") for code in codes)
    yield "results", _results(codes)


def _results(codes: list[str]) -> Iterator[tuple[str, ...]]:
    chance = Random(7)  # noqa: S311 - the same every time
    for number in range(MONTHS):
        month = f"{2012 + (number + 2) // 12}-{(number + 2) % 12 + 1:02}"
        for code in codes:
            value = chance.randrange(9000, 10000) / 100
            said = ("Too few staff.", "Callers waited.", "Four were engaged.") if value < 95 else ("", "", "")
            yield code, month, f"{value:.2f}", "verified", *said, ""


def _xlsx(path: Path, kpis: int, reference: str) -> Path:
    import xlsxwriter

    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as book:
        for name, rows in _rows(kpis, reference):
            sheet = book.add_worksheet(name)
            for number, row in enumerate([HEADS[name], *rows]):
                for place, cell in enumerate(row):
                    sheet.write_string(number, place, cell)
    return path


def _csv(folder: Path, kpis: int, reference: str) -> Path:
    folder.mkdir()
    for name, rows in _rows(kpis, reference):
        with (folder / f"{name}.csv").open("w", newline="") as file:
            csv.writer(file).writerows([HEADS[name], *rows])
    return folder


def _copied(path: Path, kpis: int) -> float:
    """Seconds for the driver's `COPY` of the same rows and their upsert into a table like that of results."""
    from django.db import connection

    began = time.perf_counter()
    with connection.cursor() as cursor, path.open() as file:
        cursor.execute(
            "CREATE TEMP TABLE bench_results (LIKE kpis_result INCLUDING ALL);"
            "CREATE TEMP TABLE bench_copied (kpi text, month text, value numeric, state text, cause text, effect text,"
            " remedy text, source text)"
        )
        cursor.cursor.copy_expert(COPY, file)
        cursor.execute(
            "ALTER TABLE bench_copied ALTER kpi TYPE bigint USING substr(kpi, 8)::bigint,"
            " ALTER month TYPE date USING (month || '-01')::date"
        )
        cursor.execute(UPSERT)
        if cursor.rowcount != kpis * MONTHS:
            raise SystemExit(f"{cursor.rowcount} rows were written")
    took = time.perf_counter() - began
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE bench_results, bench_copied")
    return round(took, 2)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    main()
