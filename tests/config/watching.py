"""Looking at real processes from outside."""

from collections.abc import Callable, Iterable
from pathlib import Path
from time import monotonic, sleep

PATIENCE_SECONDS = 20.0


def is_alive(pid: int) -> bool:
    """Whether the process still runs; one that ended and waits to be collected does not."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False
    return stat.rpartition(")")[2].split()[0] not in "ZX"


def descendants(pid: int) -> set[int]:
    """Its children, their children and so on."""
    children = {int(child) for task in _tasks(pid) for child in _read(task / "children").split()}
    return children.union(*(descendants(child) for child in children))


def eventually(is_so: Callable[[], bool], seconds: float = PATIENCE_SECONDS) -> bool:
    """Whether it comes true within that time."""
    deadline = monotonic() + seconds
    while not is_so():
        if monotonic() > deadline:
            return False
        sleep(0.05)
    return True


def all_end(pids: Iterable[int], seconds: float = PATIENCE_SECONDS) -> bool:
    return eventually(lambda: not any(is_alive(pid) for pid in pids), seconds)


def _tasks(pid: int) -> Iterable[Path]:
    try:
        return list(Path(f"/proc/{pid}/task").iterdir())
    except FileNotFoundError:
        return []


def _read(path: Path) -> str:
    try:
        return path.read_text()
    except (FileNotFoundError, ProcessLookupError):
        return ""
