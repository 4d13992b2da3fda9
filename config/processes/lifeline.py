"""
A child that does not outlive its parent, even one ended by ``kill -9``.

Linux sends a signal of the child's choosing when the *thread* that forked it ends (PR_SET_PDEATHSIG), so start children
from a thread that lasts, such as the main one. The wish is lost on fork and when the user changes: every process asks
for itself, after it became who it is. Where the kernel has no such thing (macOS) only a parent that ends in good order
ends its children.
"""

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1
_prctl = ctypes.CDLL(None).prctl if sys.platform == "linux" else None


def end_with_parent(parent: int, death_signal: int = signal.SIGKILL) -> None:
    """Have the kernel send ``death_signal`` to this process when ``parent``, the process that forked it, is gone."""
    if _prctl is None:
        return
    _prctl(PR_SET_PDEATHSIG, int(death_signal))
    if os.getppid() != parent:  # it went before the wish was made
        os.kill(os.getpid(), death_signal)
