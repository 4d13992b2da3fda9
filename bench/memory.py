"""The most memory that this process ever held."""

import resource
import sys
from pathlib import Path
from typing import Final

KERNELS: Final = Path("/proc/self/status")


def most_held() -> float:
    """
    In megabytes, from its own start on.

    Where Linux tells it, from there: what ``getrusage`` knows begins with the most that the process held which started
    this one. Elsewhere from ``getrusage``, which counts in kilobytes, on macOS in bytes.
    """
    if KERNELS.exists():
        (line,) = (each for each in KERNELS.read_text().splitlines() if each.startswith("VmHWM:"))
        return int(line.split()[1]) / 2**10
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (2**20 if sys.platform == "darwin" else 2**10)
