"""Ctrl-C, a terminal that closes and `kill` all end a command the same way: once, in good order."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Stopped(BaseException):
    """Somebody asked this command to end. Not an error: only what tidies up should catch it."""

    def __init__(self, signal_number: int) -> None:
        super().__init__(signal_number)
        self.signal_number = signal_number

    @property
    def exit_code(self) -> int:
        """As a shell would put it."""
        return 128 + self.signal_number


@contextmanager
def stop_in_order() -> Iterator[None]:
    """Turn the first of these signals into :class:`Stopped`; later ones do not disturb the tidying up."""

    def stop(signal_number: int, frame: FrameType | None) -> None:
        tidy_up_undisturbed()
        raise Stopped(signal_number)

    before = {each: signal.signal(each, stop) for each in STOP_SIGNALS}
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)


def tidy_up_undisturbed() -> None:
    """Hear no such signal until :func:`stop_in_order` is left: the work is done, and all that remains is to tidy up."""
    for each in STOP_SIGNALS:
        signal.signal(each, signal.SIG_IGN)
