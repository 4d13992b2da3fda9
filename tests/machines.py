"""
What the state machines have in common: every run is undone, and what was done in it is counted, act by act.

A machine whose acts are all refused would prove nothing: :func:`run_machine` says how often each was done.
"""

from collections import Counter
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import ClassVar, Final

from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis.stateful import RuleBasedStateMachine, run_state_machine_as_test

ROUNDS: Final = 5


class UndoneMachine(RuleBasedStateMachine):
    """Acts on a database in which, after each run, nothing has happened."""

    REFUSALS: ClassVar[tuple[type[Exception], ...]]
    """What a person may be told; anything else that is raised is a fault."""
    done: ClassVar[Counter[str]]
    tried: ClassVar[Counter[str]]

    def __init__(self) -> None:
        super().__init__()
        self.undone = transaction.atomic()
        self.undone.__enter__()

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.undone.__exit__(None, None, None)

    @contextmanager
    def act(self, name: str) -> Iterator[None]:
        """An act that may be refused; it is counted, and counted as done unless it was refused or did nothing."""
        type(self).tried[name] += 1
        try:
            with transaction.atomic():
                yield
        except self.REFUSALS:
            return
        type(self).done[name] += 1


class Nothing(Exception):
    """There is nothing yet on which to act."""


def run_machine(
    machine: type[UndoneMachine], *, examples: int, steps: int, acts: Collection[str] = ()
) -> dict[str, float]:
    """Runs it, and again where chance left an act undone; of every act that was tried, the share that was done."""
    machine.tried, machine.done = Counter(), Counter()
    for _ in range(ROUNDS):
        run_state_machine_as_test(
            machine,
            settings=settings(
                max_examples=examples, stateful_step_count=steps, deadline=None, suppress_health_check=list(HealthCheck)
            ),
        )
        if all(machine.done[name] for name in {*acts, *machine.tried}):
            break
    return {name: machine.done[name] / tried for name, tried in machine.tried.items()}
