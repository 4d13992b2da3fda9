"""Which machine each heading of docs/operations.md is for, in the order in which they are followed."""

from collections.abc import Mapping
from typing import Final, TypeAlias

Places: TypeAlias = Mapping[str, tuple[str, ...]]

NAMES: Final = ("db", "web1", "web2", "worker1", "worker2", "beat1")
DATABASE, OTHERS = NAMES[:1], NAMES[1:]
WEB, WORKERS, BEAT = ("web1", "web2"), ("worker1", "worker2"), ("beat1",)
OWNERS: Final = ("worker1",)
"""From where the site migrates and backs up."""

OF_THE_DATABASE: Final = "On the machine of the database"
ON_EVERY_OTHER: Final = "On every other machine"
OF_THE_OWNER: Final = "On the machine from which you migrate and back up"
OF_WEB: Final = "On each web machine"
OF_BEAT: Final = "On the machine of beat"
NEW_RELEASE: Final = "On every machine but that of the database: the new release"

STARTED: Final[Places] = {OF_WEB: WEB, "On each worker machine": WORKERS, OF_BEAT: BEAT}
INSTALLED: Final[Places] = {OF_THE_DATABASE: DATABASE, ON_EVERY_OTHER: OTHERS, OF_THE_OWNER: OWNERS, **STARTED}
BACKED_UP: Final[Places] = {f"{OF_THE_OWNER}: a backup": OWNERS}
RESTORED: Final[Places] = {
    f"{OF_THE_DATABASE}: an empty database": DATABASE,
    f"{OF_THE_OWNER}: restoring and checking": OWNERS,
    "On every machine but that of the database: everything stopped": OTHERS,
    f"{OF_THE_DATABASE}: the other database": DATABASE,
    f"{OF_THE_OWNER}: the other files": OWNERS,
}
UPGRADED: Final[Places] = {
    NEW_RELEASE: OTHERS,
    f"{OF_THE_OWNER}: tables and static files": OWNERS,
    "On every machine but that of the database: the change": OTHERS,
}
ALL: Final[Places] = {**INSTALLED, **BACKED_UP, **RESTORED, **UPGRADED}
"""Every heading of the page that names machines, in its order."""

RUNS: Final[Mapping[str, str]] = {
    name: unit
    for names, unit in ((WEB, "scrutineer-web"), (WORKERS, "scrutineer-worker"), (BEAT, "scrutineer-beat"))
    for name in names
}
"""The one service of ours that belongs to each machine."""
