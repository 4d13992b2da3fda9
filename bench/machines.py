"""
Runs every command for several machines of docs/operations.md, as printed, on six machines of the kernel's namespaces:
they are installed, go through a month in which one after the other vanishes, are upgraded and restored from a backup.
One line for each step; exit code 1 at the first that does not hold.

    debootstrap --variant=minbase --include=ca-certificates,systemd bookworm debian
    git archive --output scrutineer.tar.gz main
    python3 bench/machines.py debian scrutineer.tar.gz

As root. The machines are layers over the one Debian, joined by a bridge; this process is the load balancer and the
browsers. A folder bound into each stands in for NFS, deploy/stand_in_for_systemctl for systemd, which does not run in
a folder. Packages are installed once, in the Debian below them: `--bind` and `--authorities` say what that needs of the
machine it lies on.
"""

import argparse
import sys
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from bench.rehearsing.machine import Refused, tell  # noqa: E402
from bench.rehearsing.month import Month  # noqa: E402
from bench.rehearsing.site import Site  # noqa: E402


def main(arguments: argparse.Namespace) -> int:
    with TemporaryDirectory(prefix="scrutineer-machines-", ignore_cleanup_errors=True) as name, ExitStack() as stack:
        site = Site(arguments.debian, Path(name), stack, arguments.bind, arguments.authorities)
        try:
            site.begin(arguments.archive)
            site.install()
            Month(site).play()
            site.tell_what_was_followed()
        except Refused as refusal:
            tell("all", "FAILED", str(refusal))
            return 1
    return 0


def read(words: list[str] | None = None) -> argparse.Namespace:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("debian", type=_path, help="the folder of a bare Debian; what is installed in it stays")
    asked.add_argument("archive", type=_path, help="the release")
    asked.add_argument(
        "--bind", type=_path, action="append", default=[], metavar="FOLDER",
        help="a folder of this machine that apt or pip installs from, at the same place in the Debian; may be repeated",
    )  # fmt: skip
    asked.add_argument(
        "--authorities", type=_path, metavar="FOLDER",
        help="certificate authorities (*.crt) of a network that stands between this machine and the packages",
    )  # fmt: skip
    return asked.parse_args(words)


def _path(word: str) -> Path:
    return Path(word).resolve()


if __name__ == "__main__":
    sys.exit(main(read()))
