"""
Runs "Several machines" of docs/operations.md, as printed, on six machines made of the kernel's namespaces; then plays a
month on them and lets one after the other vanish. One line for each step; exit code 1 at the first that does not hold.

    debootstrap --variant=minbase --include=ca-certificates,systemd bookworm debian
    git archive --output scrutineer.tar.gz main
    python3 bench/machines.py debian scrutineer.tar.gz

As root. The machines are layers over the one Debian, joined by a bridge; this process is the load balancer and the
browsers. A folder bound into each stands in for NFS, deploy/stand_in_for_systemctl for systemd, which does not run in
a folder.
"""

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


def main(debian: Path, archive: Path) -> int:
    with TemporaryDirectory(prefix="scrutineer-machines-", ignore_cleanup_errors=True) as name, ExitStack() as stack:
        site = Site(debian, Path(name), stack)
        try:
            site.begin(archive)
            site.install()
            Month(site).play()
        except Refused as refusal:
            tell("all", "FAILED", str(refusal))
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve()))
