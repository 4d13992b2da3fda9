"""The list of settings is the settings' own."""

import re
from pathlib import Path
from textwrap import dedent

import pytest
from django.core.management import call_command

from config.variables import Variable, variables

SETTINGS = Path(__file__).parents[2] / "config" / "settings.py"


def test_every_variable_that_the_settings_read_is_listed_once() -> None:
    read = re.findall(r"env\.\w+\(\s*\"(\w+)\"", SETTINGS.read_text())
    assert [each.name for each in variables()] == list(dict.fromkeys(read))
    assert len(read) > 20


@pytest.mark.parametrize("each", variables(), ids=lambda each: each.name)
def test_every_variable_says_what_it_is_for(each: Variable) -> None:
    assert each.about, f"say in the comment above {each.name} what it is for"


def test_type_default_and_purpose_are_those_of_the_settings() -> None:
    source = dedent("""
        # Unrelated.

        # How long,
        # in seconds.
        LEASE = env.int("LEASE", default=60)
        if LEASE:
            # Where.
            HOSTS = env.list("HOSTS", default=["a", "b"])
        SITE = env.str("SITE", default="x" if HOSTS else HOSTS[0])
    """)
    assert variables(source) == (
        Variable("LEASE", "int", "60", "How long, in seconds."),
        Variable("HOSTS", "list", "a,b", "Where."),
        Variable("SITE", "str", "'x' if HOSTS else HOSTS[0]", ""),
    )


def test_the_command_shows_what_is_set_and_keeps_secrets(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PAPER_LEASE_SECONDS", "75")
    monkeypatch.setenv("BROKER_URL", "redis://:hunter2@example.org/0")
    call_command("list_settings")
    shown = capsys.readouterr().out
    assert "PAPER_LEASE_SECONDS  (int, default: 60)" in shown
    assert "here: 75" in shown
    assert "hunter2" not in shown
    assert "here: (set)" in shown
