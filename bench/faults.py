"""
Everything that can go wrong, again and again: `python3 bench/faults.py --kills 200 --seed 1`, on standard output one
line of JSON a fault and the summary at the end. Exit code 1 where anything was lost or doubled.

A whole installation runs on the loopback address (:mod:`bench.faulting.plant`). Papers go from draft to clerk, e-mails
to a mail server that counts, and random faults strike at every stage. After each there must be exactly one paper of
each meeting, kind, revision and edition, its files and no others, one act of each kind; of an e-mail never two copies,
and one wherever its row says `sent`. An e-mail whose sender was killed while it was handing it over is `unsure`: no
protocol tells whether it arrived, so nobody sends it again but an administrator by hand. Counted as unsure, never as
sent.

`--only KIND,KIND` runs these kinds alone: `kills`, `races`, or outages by name.
"""

import argparse
import json
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

KILLS, RACES = "kills", "races"


def main() -> int:
    options = read_options()
    # Told to end it ends all that it has started, and lets go of the disk.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    began = monotonic()
    with installation() as made:
        from bench.faulting.long_run import LongRun
        from bench.faulting.outages import OUTAGES

        ends = began + 60 * options.minutes
        run = LongRun(*made, options.seed, write, ends=ends, kills_before=options.kills_before)
        only = {each.strip() for each in options.only.split(",") if each.strip()}
        if unknown := only - {KILLS, RACES, *OUTAGES}:
            raise SystemExit(f"There is no {', '.join(sorted(unknown))}. There are kills, races, {', '.join(OUTAGES)}.")
        if KILLS in (only or {KILLS}):
            if options.in_a_row > 1:
                run.squalls(options.kills, options.in_a_row)
            else:
                run.kill(options.kills)
        run.outages([name for name in OUTAGES if name in (only or OUTAGES)], options.each)
        if RACES in (only or {RACES}):
            run.race(options.pairs)
        summary = run.summary()
    summary |= {"seed": options.seed, "minutes": float(f"{(monotonic() - began) / 60:.1f}")}
    write({"summary": summary})
    return int(bool(summary["lost"] or summary["doubled"]))


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=200, help="random kills (200)")
    parser.add_argument("--kills-before", type=int, default=0, help="of these, done by a run of the same seed (0)")
    parser.add_argument("--in-a-row", type=int, default=1, help="kills that strike before everything must be back (1)")
    parser.add_argument("--each", type=int, default=2, help="how often each other outage happens (2)")
    parser.add_argument("--pairs", type=int, default=1000, help="pairs of officers who race for one return (1000)")
    parser.add_argument("--seed", type=int, default=1, help="the same seed strikes in the same order (1)")
    parser.add_argument("--minutes", type=float, default=120.0, help="after so long no other fault is begun (120)")
    parser.add_argument("--only", default="", help="these kinds alone, with commas between")
    return parser.parse_args()


@contextmanager
def installation() -> Iterator[tuple[Any, Any]]:
    """The processes and the people, and this process among them as one more command on the same database."""
    from bench.faulting.plant import Plant, environment_of, manage, small_disk
    from config.processes.postgresql import cluster
    from tests.faults.mail_server import MailServer

    with TemporaryDirectory(prefix="scrutineer-faults-") as name, ExitStack() as stack:
        folder, mail = Path(name), MailServer()
        # What is committed must outlive a crash of the server; whether the machine loses power is not tested here.
        database = stack.enter_context(cluster(synchronous_commit="on"))
        environment = environment_of(folder, database, mail)
        os.environ |= environment
        disk = stack.enter_context(small_disk(folder / "var" / "papers"))
        plant = Plant(folder, environment, stack, cluster=database, mail=mail, disk=disk)
        os.environ["BROKER_URL"] = plant.broker_url
        stack.callback(plant.stop_mail)
        import django

        plant.clock.follow()
        django.setup()
        plant.start_database()
        manage("migrate", "--verbosity", "0")
        manage("createcachetable", "--verbosity", "0")
        manage("collectstatic", "--no-input", "--verbosity", "0")
        yield plant, start(plant)


def start(plant: Any) -> Any:
    from bench.faulting.kills import fill
    from bench.faulting.world import World

    world = World(plant.mail)
    plant.start_mail()
    plant.start_broker()
    plant.start_beat()
    fill(plant)
    plant.start_web()
    return world


def write(line: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(line, default=str) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
