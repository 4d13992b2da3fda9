"""The commands `import_contract` and `export_contract`: results on standard output, mistakes on standard error."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from contracts.models import Contract
from tests import workbooks
from tests.workbooks import SMALL

pytestmark = pytest.mark.django_db


def run(*arguments: object) -> tuple[str, str, str]:
    """Standard output, standard error, and the refusal."""
    out, err = StringIO(), StringIO()
    try:
        call_command(*map(str, arguments), stdout=out, stderr=err)
    except CommandError as refusal:
        return out.getvalue(), err.getvalue(), str(refusal)
    return out.getvalue(), err.getvalue(), ""


def test_an_import_tells_what_it_created_and_a_second_one_that_nothing_changed(tmp_path: Path) -> None:
    path = workbooks.folder(tmp_path / "book", SMALL)
    out, err, refusal = run("import_contract", path)
    assert (err, refusal) == ("", "")
    assert out.startswith("TST: imported.\n  contract: 1 created, 0 changed, 0 left alone\n")
    assert "  kpis: 3 created, 0 changed, 0 left alone\n" in out
    out, err, refusal = run("import_contract", path)
    assert out.startswith("TST: nothing changed.\n  contract: 0 created, 0 changed, 1 left alone\n")


def test_a_refused_import_says_every_mistake_on_standard_error_alone(tmp_path: Path) -> None:
    path = workbooks.folder(
        tmp_path / "book", {**SMALL, "levels": [*SMALL["levels"], ["FA_KPI_02", "2018-1x", "a", "5"]]}
    )
    out, err, refusal = run("import_contract", path)
    assert out == ""
    assert err.splitlines() == [
        "levels, row 5, effective_from: “2018-1x” is not a month, expected one such as 2018-03",
        "levels, row 5, kpi: there is no KPI “FA_KPI_02” in this contract, did you mean FA_KPI_01?",
        "levels, row 5, target: “a” is not a number, expected a plain number such as 93.1",
    ]
    assert refusal == "3 mistakes; nothing was imported."
    assert not Contract.objects.exists()


def test_a_check_lists_each_change_and_writes_nothing(tmp_path: Path) -> None:
    run("import_contract", workbooks.folder(tmp_path / "book", SMALL))
    levels = [SMALL["levels"][0], ["CSC_KPI_01", "2017-01", "91", "80"]]
    path = workbooks.folder(tmp_path / "change", {"levels": levels})
    out, _, refusal = run("import_contract", path, "--contract", "TST", "--check")
    assert refusal == ""
    assert out.splitlines()[0] == "TST: this would be imported."
    assert "  levels: 0 created, 1 changed, 0 left alone" in out
    assert out.splitlines()[-1] == "  levels, row 2, CSC_KPI_01 2017-01: target 90 → 91"
    assert "nothing would change" in run("import_contract", tmp_path / "book", "--check")[0]


def test_a_reason_reaches_the_corrections(tmp_path: Path) -> None:
    rows = [["CSC_KPI_01", "2017-01", "93", ""]]
    run("import_contract", workbooks.folder(tmp_path / "book", {**SMALL, "results": workbooks.results(*rows)}))
    rows[0][2] = "92"
    changed = workbooks.folder(tmp_path / "change", {"results": workbooks.results(*rows)})
    assert run("import_contract", changed, "--contract", "TST")[2] == "1 mistake; nothing was imported."
    assert run("import_contract", changed, "--contract", "TST", "--reason", "Counted twice.")[2] == ""


def test_an_export_prints_its_path_and_an_unknown_contract_those_there_are(tmp_path: Path) -> None:
    run("import_contract", workbooks.folder(tmp_path / "book", SMALL))
    assert run("export_contract", "TST", tmp_path / "out.xlsx")[0] == f"{tmp_path / 'out.xlsx'}\n"
    assert (tmp_path / "out.xlsx").is_file()
    assert "TST" in run("export_contract", "TTT", tmp_path / "out2")[2]
    assert not (tmp_path / "out2").exists()
