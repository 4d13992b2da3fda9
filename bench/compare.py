"""
Two runs beside each other: `python3 bench/compare.py OLD.json NEW.json`.

A figure is worse when it moved the wrong way by more than both runs' own figures strayed, and by a tenth at least. Exit
code 1 where a goal that was met is met no more, or where a figure that a goal is about was measured and is no more.
"""

import json
import sys
from pathlib import Path
from typing import Any, Final

NOISE: Final = 0.1
"""What two runs on one idle machine differ by."""


def main() -> int:
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    old, new = (json.loads(Path(path).read_text()) for path in sys.argv[1:])
    if old["shape"] != new["shape"]:
        sys.stdout.write("Careful: the two runs measured databases of different sizes.\n\n")
    before = {row["what"]: row for row in old["goals"]}
    after = {row["what"] for row in new["goals"]}
    gone = [{**row, "figure": None, "met": None} for what, row in before.items() if what not in after]
    lost = []
    lines = ["| What | Goal | Old | New | New ÷ old | |", "|---|---|---|---|---|---|"]
    for row in (*new["goals"], *gone):
        was = before.get(row["what"])
        word = judge(was, row)
        if word in ("GOAL LOST", "NOT MEASURED"):
            lost.append(row["what"])
        ratio = _ratio(was, row)
        told = [row["what"], row["goal"], _shown(was), _shown(row), "" if ratio is None else f"{ratio:.2f}", word]
        lines.append(f"| {' | '.join(told)} |")
    sys.stdout.write("\n".join(lines) + "\n")
    if lost:
        sys.stdout.write(f"\n{len(lost)} lost: {'; '.join(lost)}.\n")
    return 1 if lost else 0


def judge(was: dict[str, Any] | None, row: dict[str, Any]) -> str:
    """What became of one goal, in a word or two; nothing where it stayed as it was."""
    if was is None or was["met"] is None:
        return ""
    if row["met"] is None:
        return "NOT MEASURED" if was["met"] else ""
    if was["met"] and not row["met"]:
        return "GOAL LOST"
    if row["met"] and not was["met"]:
        return "goal reached"
    ratio = _ratio(was, row)
    if ratio is None:
        return ""
    noise = max(NOISE, was["strays"], row["strays"])
    growth = ratio if row["goal"].startswith("≤") else 1 / ratio if ratio else 1 + 2 * noise
    return "worse" if growth > 1 + noise else "better" if growth < 1 / (1 + noise) else ""


def _ratio(was: dict[str, Any] | None, row: dict[str, Any]) -> float | None:
    if was is None or not was["figure"] or row["figure"] is None:
        return None
    return float(row["figure"] / was["figure"])


def _shown(row: dict[str, Any] | None) -> str:
    return "" if row is None or row["figure"] is None else f"{row['figure']:g}"


if __name__ == "__main__":
    sys.exit(main())
