"""Whatever goes past forms and services: the database itself keeps what was handed to the clerk."""
# ruff: noqa: S608  # the names of tables and columns are written here, nobody types them

from collections.abc import Iterator
from datetime import date, timedelta
from importlib import import_module
from typing import Any, Final

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import F, Model

from reports.models import (
    FrozenFile,
    FrozenPaper,
    FrozenSnapshot,
    Paper,
    PaperAct,
    PaperFile,
    PaperRun,
    UploadedEdition,
)
from tests.fixtures.thaw import GUARDED, guards_asleep
from tests.people import Cast
from tests.reports.life.conftest import AT

pytestmark = pytest.mark.django_db

FROZEN: Final[tuple[type[Model], ...]] = (FrozenPaper, FrozenSnapshot, FrozenFile, PaperAct, UploadedEdition)
KEPT: Final[tuple[type[Model], ...]] = (*FROZEN, Paper, PaperFile)
GUARDS: Final = "frozen_is_final|paper_stays_once_frozen"
BROKEN_OTHERWISE: Final = {
    "Paper.number",
    "Paper.of",
    "Paper.month",
    "PaperFile.edition",
    "FrozenPaper.audience",
    "PaperAct.address",
    "PaperAct.published_at",
}
"""Columns that cannot change alone: a constraint of the table says so first."""
OTHERS: Final = {
    "kind": {"report": "projects", "signed off": "countersigned"},
    "audience": {"public": "exempt"},
    "edition": {"draft": "signed off"},
}
"""Another value that the column would take."""


def table(model: type[Model]) -> str:
    return model._meta.db_table


def replacing(model: type[Model], **others: str) -> str:
    """Its rows once more, with other values in these columns; the rest may collide with what is there."""
    columns = [field.column for field in model._meta.concrete_fields]
    values = ", ".join(others.get(column, column) for column in columns)
    return f"INSERT OR REPLACE INTO {table(model)} ({', '.join(columns)}) SELECT {values} FROM {table(model)}"


UNIQUE: Final = "UNIQUE constraint failed"
ROUND_THE_GUARDS: Final = {
    "sqlite": [
        *((f"REPLACE INTO {table(model)} SELECT * FROM {table(model)}", UNIQUE) for model in KEPT),
        *(
            (replacing(model, id="id + 99", **{column: f"{column} {more}"}), UNIQUE)
            for model, column, more in (
                (FrozenPaper, "address", "|| 'x'"),
                (FrozenPaper, "paper_id", "+ 99"),
                (FrozenFile, "path", "|| 'x'"),
                (FrozenFile, "name", "|| 'x'"),
            )
        ),
    ],
    "postgresql": [
        *(
            (
                f"INSERT INTO {table(model)} SELECT * FROM {table(model)} ON CONFLICT ({key}) DO UPDATE"
                f" SET {key} = EXCLUDED.{key} + 1000",
                GUARDS,
            )
            for model in KEPT
            for key in [model._meta.pk.column]
        ),
        *((f"SET CONSTRAINTS ALL IMMEDIATE; TRUNCATE {table(model)} CASCADE", GUARDS) for model in KEPT),
        ("SET CONSTRAINTS ALL IMMEDIATE; TRUNCATE contracts_contract CASCADE", GUARDS),
    ],
}[connection.vendor]
"""What deletes or changes rows without a DELETE or an UPDATE; each database has its own ways."""


def refused(statement: str, words: str = GUARDS) -> None:
    with pytest.raises(IntegrityError, match=words), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def columns() -> Iterator[Any]:
    """Every column of every guarded table, but for a paper's status, which goes on."""
    for model in KEPT:
        for field in model._meta.concrete_fields:
            if (model, field.name) != (Paper, "status"):
                yield pytest.param(model, field, id=f"{model.__name__}.{field.name}")


@pytest.mark.parametrize(("model", "field"), [*columns()])
def test_no_column_is_changed(model: type[Model], field: Any, frozen: Paper) -> None:
    row = model._default_manager.order_by("pk")[0]
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        model._default_manager.filter(pk=row.pk).update(**{field.attname: another(row, field)})
    if f"{model.__name__}.{field.name}" not in BROKEN_OTHERWISE:
        assert "frozen_is_final" in str(refusal.value) or "paper_stays" in str(refusal.value)


def another(row: Model, field: Any) -> Any:
    value = getattr(row, field.attname)
    match field.get_internal_type():
        case "CharField" | "TextField" | "SlugField" | "URLField":
            return OTHERS.get(field.name, {}).get(value, f"{value[:-1]}x")
        case "DateField":
            return (value or date(2018, 3, 1)) - timedelta(days=31)
        case "DateTimeField":
            return AT.replace(year=2017)
        case "BinaryField":
            return b"another"
        case _:
            return (value or 0) + 1000


@pytest.mark.parametrize("model", KEPT)
def test_no_row_is_deleted(model: type[Model], frozen: Paper) -> None:
    refused(f"DELETE FROM {table(model)}")


@pytest.mark.parametrize(("statement", "words"), ROUND_THE_GUARDS)
def test_no_statement_gets_round_the_guards(statement: str, words: str, frozen: Paper) -> None:
    refused(statement, words)


def test_no_draft_displaces_a_frozen_paper(frozen: Paper) -> None:
    """UPDATE OR REPLACE, which only SQLite knows, deletes whatever row stands in its way."""
    way = "UPDATE OR REPLACE" if connection.vendor == "sqlite" else "UPDATE"
    words = UNIQUE if connection.vendor == "sqlite" else "duplicate key"
    other = another_draft(frozen)
    refused(f"{way} {table(Paper)} SET revision = 1 WHERE id = {other.pk}", words)
    refused(f"{way} {table(Paper)} SET id = {frozen.pk} WHERE id = {other.pk}", words)
    path = frozen.files.order_by("pk")[0].path
    file = PaperFile.objects.create(paper=other, format="csv", name="a.csv", path="a.csv", size=0, sha256="")
    refused(f"{way} {table(PaperFile)} SET path = '{path}' WHERE id = {file.pk}", words)
    assert Paper.objects.filter(pk__in=[frozen.pk, other.pk]).count() == 2


def test_a_status_goes_on_and_never_back(frozen: Paper) -> None:
    for status in ("published", "withdrawn", "removed", "with the clerk"):
        Paper.objects.filter(pk=frozen.pk).update(status=status)
    for status in ("draft", "signed off"):
        refused(f"UPDATE {table(Paper)} SET status = '{status}' WHERE id = {frozen.pk}")


def test_a_draft_can_still_be_changed_and_deleted(draft: Paper) -> None:
    Paper.objects.filter(pk=draft.pk).update(headline="Another one.", revision=F("revision") + 1)
    PaperFile.objects.filter(paper=draft).update(size=1)
    assert PaperFile.objects.filter(paper=draft).delete()[0] == 1
    assert Paper.objects.filter(pk=draft.pk).delete()[0] == 1


def test_nobody_removes_a_paper_alone(frozen: Paper, cast: Cast) -> None:
    with pytest.raises(IntegrityError, match="two_remove_a_paper"), transaction.atomic():
        acted(frozen, "removed", cast.clerk)
    acted(frozen, "removal asked", cast.clerk)
    with pytest.raises(IntegrityError, match="two_remove_a_paper"), transaction.atomic():
        acted(frozen, "removed", cast.clerk)
    nothing_goes(frozen)


def test_what_was_refused_is_asked_for_anew(frozen: Paper, cast: Cast) -> None:
    acted(frozen, "removal asked", cast.clerk)
    acted(frozen, "removal refused", cast.contract_manager)
    with pytest.raises(IntegrityError, match="two_remove_a_paper"), transaction.atomic():
        acted(frozen, "removed", cast.contract_manager)
    nothing_goes(frozen)


def test_two_people_together_remove_the_contents_and_nothing_else(frozen: Paper, cast: Cast) -> None:
    acted(frozen, "removal asked", cast.clerk)
    acted(frozen, "removed", cast.contract_manager)
    for model in (FrozenPaper, FrozenFile, PaperAct, UploadedEdition, Paper):
        refused(f"DELETE FROM {table(model)}")
    refused(f"UPDATE {table(UploadedEdition)} SET content = content || content")
    refused(f"UPDATE {table(UploadedEdition)} SET note = ''")
    refused(f"UPDATE {table(Paper)} SET headline = 'Another one.' WHERE id = {frozen.pk}")
    refused(f"UPDATE {table(Paper)} SET snapshot = '', sha256 = '' WHERE id = {frozen.pk}")
    assert FrozenSnapshot.objects.filter(frozen__paper=frozen).delete()[0] == 2
    assert PaperFile.objects.filter(paper=frozen).delete()[0] == 2
    assert UploadedEdition.objects.filter(paper=frozen).update(content=b"") == 1
    assert Paper.objects.filter(pk=frozen.pk).update(snapshot="", exempt_snapshot="", headline="") == 1


def test_the_removal_of_one_paper_opens_no_other(frozen: Paper, cast: Cast) -> None:
    other = another_draft(frozen)
    acted(other, "removal asked", cast.clerk)
    acted(other, "removed", cast.contract_manager)
    nothing_goes(frozen)


def test_every_guard_stands_after_all_migrations() -> None:
    """SQLite drops a trigger with its table, and later migrations remake tables."""
    numbers = ("0011_frozen_is_final", "0013_papers_stay_once_frozen")
    tables = {name for number in numbers for name in import_module(f"reports.migrations.{number}").KEYS}
    accesses = import_module("contracts.migrations.0013_accesses_are_final").TABLE
    assert tables == {table(model) for model in KEPT}
    assert tables | {accesses} == set(GUARDED)
    others = {"sqlite": {"is_not_replaced"}, "postgresql": {"is_not_emptied"}}[connection.vendor]
    wanted = {f"{name}_{guard}" for name in tables for guard in {"stays", "is_kept", *others}} | {"two_remove_a_paper"}
    wanted |= {f"{accesses}_{guard}" for guard in {"stays", *others}}
    if connection.vendor == "sqlite":
        wanted |= {f"{table(model)}_is_not_displaced" for model in (Paper, PaperFile)} | {f"{accesses}_is_kept"}
    assert wanted <= standing()


def test_guards_that_slept_stand_again() -> None:
    before = standing()
    with guards_asleep():
        assert connection.vendor == "postgresql" or "reports_paper_stays" not in standing()
    assert standing() == before


def standing() -> set[str]:
    names = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled = 'O'",
    }
    with connection.cursor() as cursor:
        cursor.execute(names[connection.vendor])
        return {name for (name,) in cursor.fetchall()}


def nothing_goes(frozen: Paper) -> None:
    for model in (FrozenSnapshot, PaperFile):
        refused(f"DELETE FROM {table(model)}")
    refused(f"UPDATE {table(UploadedEdition)} SET content = substr(content, 1, 0)")
    refused(f"UPDATE {table(Paper)} SET snapshot = '', exempt_snapshot = '', headline = '' WHERE id = {frozen.pk}")


def acted(paper: Paper, kind: str, by: Any) -> PaperAct:
    made: PaperAct = PaperAct.objects.create(paper=paper, kind=kind, by=by, at=AT, words="A name.")
    return made


def another_draft(paper: Paper) -> Paper:
    """The next revision of a paper."""
    run = PaperRun.objects.get(pk=paper.run_id)
    run.pk, run.revision = None, 2
    run.save()
    other: Paper = Paper.objects.get(pk=paper.pk)
    other.pk, other.run, other.revision, other.status = None, run, 2, "draft"
    other.save()
    return other
