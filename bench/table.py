"""
The table of goals of a run in Markdown: `python3 bench/table.py RUN.json` prints it, `--readme` puts it into README.md.

It stands there between two marks, with the day, the machine and how much there was in the database.
"""

import argparse
import json
import re
import sys
from datetime import datetime
from pathlib import Path
from typing import Any, Final

README: Final = Path(__file__).resolve().parents[1] / "README.md"
sys.path.insert(0, str(README.parent))

from bench.shape import FULL  # noqa: E402

BEGIN: Final = "<!-- bench: begin -->"
END: Final = "<!-- bench: end -->"
WORDS: Final = {True: "yes", False: "**no**", None: "not measured"}


def main() -> int:
    asked = argparse.ArgumentParser(description="Print a run's table of goals.")
    asked.add_argument("run", type=Path)
    asked.add_argument("--readme", action="store_true", help="put it into README.md in place of the last one")
    said = asked.parse_args()
    run = json.loads(said.run.read_text())
    text = table(run)
    if said.readme:
        if run["shape"]["results"] != FULL.results:
            sys.exit(f"{said.run} is of a smaller database than its rows name: run bench/run.py without --small.")
        README.write_text(put(README.read_text(), text))
    else:
        sys.stdout.write(text)
    return 0


def table(run: dict[str, Any]) -> str:
    """A line on where and when, then a row for each goal."""
    machine, shape = run["machine"], run["shape"]
    day = datetime.fromisoformat(run["began"])
    head = (
        f"{day:%A} {day.day} {day:%B %Y}, {machine['processors']} × {machine['processor']}, {machine['memory GB']} GB,"
        f" Python {machine['python']}, PostgreSQL {machine['postgresql']}; {run['rounds']} rounds,"
        f" {shape['contracts']} contracts, {shape['results']:,} results, {shape['projects']:,} projects;"
        f" load {machine['load before']} before, {machine['load after']} after."
    )
    rows = [f"| {each['what']} | {each['goal']} | {_shown(each)} | {WORDS[each['met']]} |" for each in run["goals"]]
    return "\n".join([head, "", "| What | Goal | Found | Met |", "|---|---|---|---|", *rows, ""])


def put(readme: str, text: str) -> str:
    """The page with the table between its marks."""
    if BEGIN not in readme or END not in readme:
        sys.exit(f"README.md has no place for it: put {BEGIN} and {END} on lines of their own.")
    return re.sub(f"{BEGIN}.*?{END}", lambda _: f"{BEGIN}\n{text}{END}", readme, flags=re.DOTALL)


def _shown(row: dict[str, Any]) -> str:
    """Two decimals, or three where two would show a goal that was missed as if it were met."""
    figure = row["figure"]
    if figure is None:
        return ""
    if figure >= 100 or figure == int(figure):
        return f"{figure:,.0f}"
    is_close = row["met"] is False and f"{figure:.2f}" == f"{float(row['goal'].split()[1]):.2f}"
    return f"{figure:.3f}" if is_close else f"{figure:.2f}"


if __name__ == "__main__":
    sys.exit(main())
