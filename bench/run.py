"""
What the product costs beside yardsticks, in one run: `python3 bench/run.py > RUN.json`.

It starts a PostgreSQL of its own, fills it from a fixed seed with 100 contracts, ten years of 45 KPIs each and 15,000
projects, and measures by turns: the pages and their yardsticks each once a round. `--small` fills less, `--only` names
the parts, `--rounds` how often. On standard error it says what it does; exit code 1 where a goal is missed
or a part failed.
"""

import argparse
import json
import os
import platform
import secrets
import sys
import time
from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from bench.goals import Part, judged  # noqa: E402
from bench.shape import FULL, SHORT_REGISTER, SMALL, Shape  # noqa: E402
from config.processes.postgresql import postgresql  # noqa: E402

ROUNDS: Final = 40
PARTS: Final = ("pages", "returns", "register", "weight", "worker", "papers", "imports", "sizes")
Measure = Callable[[Shape, int], Part]


def main() -> int:
    asked = argparse.ArgumentParser(description="Measure the product beside yardsticks; JSON on standard output.")
    asked.add_argument("--only", action="append", choices=PARTS, help="a part to measure; all of them without it")
    asked.add_argument("--rounds", type=int, default=ROUNDS, help="rounds of each part (default: %(default)s)")
    asked.add_argument("--small", action="store_true", help="a tenth of it, for a quick look")
    said = asked.parse_args()
    with TemporaryDirectory(prefix="scrutineer-bench-") as folder, postgresql() as url:
        os.environ |= {
            "DATABASE_URL": url,
            "VAR_DIR": folder,
            "SECRET_KEY": secrets.token_hex(32),
            "ALLOWED_HOSTS": "bench.example.org,localhost",
            "LOG_LEVEL": "ERROR",
            "DJANGO_SETTINGS_MODULE": "config.settings",
        }
        run = measure(SMALL if said.small else FULL, said.only or PARTS, said.rounds)
    json.dump(run, sys.stdout, indent=1, ensure_ascii=False)
    sys.stdout.write("\n")
    return int(bool(run["failed"]) or any(row["met"] is False for row in run["goals"]))


def measure(shape: Shape, wanted: tuple[str, ...] | list[str], rounds: int) -> dict[str, Any]:
    """Fills the database and measures the parts one after another, each by turns in itself."""
    import django

    django.setup()
    from django.core.management import call_command

    from bench import data

    began, load = datetime.now().astimezone(), os.getloadavg()[0]
    say(f"filling {shape.results:,} results")
    data.migrate()
    call_command("collectstatic", interactive=False, verbosity=0)
    filled = data.fill(shape)
    parts, failed = {}, {}
    for name in wanted:
        say(f"measuring {name}")
        try:
            parts[name] = measures()[name](shape, rounds)
        except (Exception, SystemExit) as why:  # the other parts took long, and stand without this one
            failed[name] = f"{type(why).__name__}: {why}"
            say(f"{name} failed: {failed[name]}")
    return {
        "began": began.isoformat(timespec="seconds"),
        "machine": {**machine(), "load before": round(load, 1), "load after": round(os.getloadavg()[0], 1)},
        "shape": {**asdict(shape), "results": shape.results, "projects": shape.projects(SHORT_REGISTER)},
        "rounds": rounds,
        "seconds to fill": filled,
        "goals": judged(parts),
        "failed": failed,
        "parts": {name: asdict(part) for name, part in parts.items()},
    }


def measures() -> dict[str, Measure]:
    """The parts; imported only now, because they stand on Django."""
    from bench import imports, pages, papers, register, returns, sizes, weight, worker

    return {
        "pages": pages.measure,
        "returns": returns.measure,
        "register": register.measure,
        "weight": weight.measure,
        "worker": worker.measure,
        "papers": papers.measure_all,
        "imports": imports.measure,
        "sizes": sizes.measure,
    }


def machine() -> dict[str, Any]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        ((server,),) = cursor.fetchall()
    return {
        "processor": _processor(),
        "processors": os.cpu_count(),
        "memory GB": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30),
        "system": platform.system(),
        "python": platform.python_version(),
        "postgresql": server,
    }


def _processor() -> str:
    known = Path("/proc/cpuinfo")
    lines = known.read_text().splitlines() if known.exists() else []
    named = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(named, platform.machine())


def say(words: str) -> None:
    sys.stderr.write(f"{time.strftime('%H:%M:%S')} {words}\n")
    sys.stderr.flush()


if __name__ == "__main__":
    sys.exit(main())
