"""The project keeps the laws of the house; and each law, shown a small tree that breaks it, says so."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests.architecture import laws
from tests.architecture.source import Code, read_code

ROOT = Path(__file__).parents[1]

# Path and reason. What is listed here and no longer needs it fails a test too.
MAY_BE_LONG: Mapping[str, str] = {
    "config/settings.py": "all settings, each with the words that `list_settings` prints, in one place to look",
}
MAY_WRITE_IN_BULK: Mapping[str, str] = {
    "contracts/workbook/copying.py": "copies half a million new rows into a table, and the same into its history",
    "contracts/services/history.py": "writes the history itself, for rows that one statement has written",
}

Law = Callable[[Code], list[str]]


def long_files(code: Code) -> list[str]:
    return laws.long_files(code, MAY_BE_LONG)


def unaudited_writes(code: Code) -> list[str]:
    return laws.unaudited_writes(code, MAY_WRITE_IN_BULK)


LAWS: tuple[Law, ...] = (
    laws.upward_arrows,
    laws.early_imports,
    laws.upward_layers,
    laws.modules_without_a_layer,
    laws.impure_rules,
    laws.shapeless_names,
    long_files,
    laws.raw_markup,
    unaudited_writes,
)


@pytest.fixture(scope="module")
def project() -> Code:
    return read_code(ROOT)


def read(folder: Path, files: Mapping[str, str]) -> Code:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return read_code(folder)


@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.__name__)
def test_the_project_keeps_the_law(law: Law, project: Code) -> None:
    breaches = law(project)
    assert not breaches, "\n" + "\n".join(breaches)


def test_the_whole_project_is_looked_at(project: Code) -> None:
    assert {module.tree_name for module in project.modules} >= {*laws.APPS_BELOW, "config", "tests", "manage"}
    assert any(module.path == "contracts/rules/months.py" for module in project.modules)
    assert any(arrow.target == "contracts.rules.months" for arrow in project.imports)
    assert project.templates


def test_every_exception_to_a_law_is_still_needed(project: Code) -> None:
    needed = {breach.partition(":")[0] for breach in laws.long_files(project, {})}
    assert needed >= MAY_BE_LONG.keys()
    needed = {breach.partition(":")[0] for breach in laws.unaudited_writes(project, {})}
    assert needed >= MAY_WRITE_IN_BULK.keys()


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("kpis/models.py", "from projects.models import Project"),
        ("projects/models.py", "import kpis.rules.status"),
        ("contracts/services.py", "from kpis import models"),
        ("contracts/services.py", "def now():\n    from reports.models import Paper"),
        ("contracts/services.py", "if TYPE_CHECKING:\n    from kpis.models import Kpi"),
        ("kpis/views.py", "from config.settings import DEBUG"),
        ("kpis/views.py", "from config import settings"),
        ("config/ui/charts.py", "from contracts.rules import months"),
        ("config/ui/charts.py", "from config import settings"),
        ("reports/views.py", "from tests import cast"),
    ],
)
def test_an_arrow_that_points_up_is_refused(path: str, line: str, tmp_path: Path) -> None:
    (breach,) = laws.upward_arrows(read(tmp_path, {path: line}))
    assert breach.startswith(f"{path}:{line.count(chr(10)) + 1}: ")


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("reports/build.py", "from kpis.queries import load_histories"),
        ("kpis/models.py", "from contracts.models import Contract"),
        ("kpis/views.py", "from config.ui.charts import sparkline"),
        ("kpis/views.py", "from config import ui"),
        ("config/urls.py", "from kpis import urls"),
        ("config/ui/charts.py", "from config.ui import status"),
        ("kpis/views.py", "from django.conf import settings"),
    ],
)
def test_an_arrow_that_points_down_is_free(path: str, line: str, tmp_path: Path) -> None:
    tree = {"config/ui/__init__.py": "", "config/ui/status.py": "", path: line}
    assert laws.upward_arrows(read(tmp_path, tree)) == []


@pytest.mark.parametrize(
    ("progress", "is_early"), [("import sys", True), ("import django", False), ("from kpis import models", False)]
)
def test_what_runs_before_anything_is_installed_stands_on_the_standard_library(
    progress: str, is_early: bool, tmp_path: Path
) -> None:
    tree = {"config/bootstrap.py": "import os\nfrom config.progress import say", "config/progress.py": progress}
    later = {"config/urls.py": "from django.urls import path"}
    breaches = laws.early_imports(read(tmp_path, tree | later))
    assert [breach.partition(": ")[0] for breach in breaches] == ([] if is_early else ["config/progress.py:1"])


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("kpis/models/kpi.py", "from kpis.services import submit_return"),
        ("kpis/models/kpi.py", "from ..services import submit_return"),
        ("kpis/models/__init__.py", "from .. import services"),
        ("kpis/querysets.py", "from kpis.models import Kpi"),
        ("kpis/services.py", "from kpis import views"),
        ("kpis/queries.py", "from kpis.management.commands import exceptions"),
        ("kpis/rules/status.py", "from kpis.querysets import KpiQuerySet"),
        ("kpis/views.py", "from kpis.urls import urlpatterns"),
        ("reports/render/pdf.py", "from reports.models import Paper"),
    ],
)
def test_a_layer_that_imports_from_above_is_refused(path: str, line: str, tmp_path: Path) -> None:
    tree = {"kpis/services.py": "", "kpis/views.py": "", path: line}
    assert len(laws.upward_layers(read(tmp_path, tree))) == 1


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("kpis/querysets.py", "if TYPE_CHECKING:\n    from kpis.models import Kpi"),
        ("kpis/views.py", "from kpis.rules.status import Measured"),
        ("kpis/services.py", "from kpis.queries import load_histories"),
        ("kpis/models/relief.py", "from kpis.models.kpi import Kpi"),
        ("reports/render/pdf.py", "from reports.snapshot import BoardPaper"),
    ],
)
def test_a_layer_may_import_its_own_and_those_below(path: str, line: str, tmp_path: Path) -> None:
    assert laws.upward_layers(read(tmp_path, {path: line})) == []


def test_what_stands_outside_the_guard_for_types_counts(tmp_path: Path) -> None:
    guarded = "if TYPE_CHECKING:\n    pass\nelse:\n    from kpis.models import Kpi"
    assert len(laws.upward_layers(read(tmp_path, {"kpis/querysets.py": guarded}))) == 1


def test_a_module_nobody_placed_is_named(tmp_path: Path) -> None:
    tree = {
        "kpis/__init__.py": "",
        "kpis/migrations/0001_initial.py": "",
        "kpis/models/kpi.py": "",
        "kpis/magic.py": "",
    }
    (breach,) = laws.modules_without_a_layer(read(tmp_path, tree))
    assert breach.startswith("kpis/magic.py: ")


@pytest.mark.parametrize(
    "line",
    [
        "from django.db import models",
        "if TYPE_CHECKING:\n    import django",
        "from contracts.calendars import england",
        "today = date.today()",
        "now = datetime.now(UTC)",
        "share = round(part / whole)",
        "share = float(part)",
    ],
)
def test_a_rule_that_knows_more_than_its_arguments_is_refused(line: str, tmp_path: Path) -> None:
    assert len(laws.impure_rules(read(tmp_path, {"kpis/rules/status.py": line}))) == 1
    assert laws.impure_rules(read(tmp_path / "else", {"kpis/services.py": line})) == []


def test_a_rule_may_import_the_standard_library_and_rules(tmp_path: Path) -> None:
    line = (
        "from calendar import monthrange\nfrom contracts.rules import months\nfrom contracts.rules.months import Month"
    )
    assert laws.impure_rules(read(tmp_path, {"kpis/rules/status.py": line})) == []


@pytest.mark.parametrize("path", ["kpis/utils.py", "config/ui/helpers/__init__.py", "tests/common.py"])
def test_a_name_that_says_nothing_is_refused(path: str, tmp_path: Path) -> None:
    (breach,) = laws.shapeless_names(read(tmp_path, {path: "", "kpis/commonplace.py": ""}))
    assert breach.startswith(path)


def test_a_file_of_more_than_300_lines_is_named_unless_it_is_listed(tmp_path: Path) -> None:
    tree = {
        "kpis/views.py": "\n" * 301,
        "kpis/queries.py": "\n" * 300,
        "kpis/migrations/0001_initial.py": "\n" * 301,
        "templates/kpis/matrix.html": "\n" * 301,
        "tests/data.py": "\n" * 301,
    }
    breaches = laws.long_files(read(tmp_path, tree), {"tests/data.py": "a list"})
    assert [breach.partition(":")[0] for breach in breaches] == ["kpis/views.py", "templates/kpis/matrix.html"]


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("kpis/views.py", "from django.utils.safestring import mark_safe"),
        ("config/ui/charts.py", "html = safestring.mark_safe(text)"),
        ("config/ui/charts.py", "html = Markup(f'<b>{text}</b>')"),
        ("config/ui/charts.py", "html = SafeString(text)"),
        ("templates/kpis/kpi.html", "<p>{{ cause|safe }}</p>"),
        ("templates/kpis/kpi.html", "<p>{{ causes | safeseq | join }}</p>"),
        ("templates/kpis/kpi.html", "{% autoescape false %}"),
    ],
)
def test_what_gets_past_the_escaping_is_refused(path: str, line: str, tmp_path: Path) -> None:
    assert [breach.partition(": ")[0] for breach in laws.raw_markup(read(tmp_path, {path: line}))] == [f"{path}:1"]


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("config/ui/charts.py", "html = Markup('<b>')"),
        ("config/ui/charts.py", "def look() -> SafeString:\n    return format_html('<b>{}</b>', text)"),
        ("templates/kpis/kpi.html", "<p>{{ cause }}</p> <p>It is safe.</p>"),
    ],
)
def test_markup_of_literals_and_of_format_html_is_free(path: str, line: str, tmp_path: Path) -> None:
    assert laws.raw_markup(read(tmp_path, {path: line})) == []


MODELS = """
class Result(Model):
    history = History()
class Tracked(Model):
    history = History(inherit=True)
class Relief(Tracked): ...
class PaperRun(Model): ...
"""


@pytest.mark.parametrize(
    ("line", "is_refused"),
    [
        ("Result.objects.filter(pk=1).update(value=2)", True),
        ("Relief.objects.update(**changes)", True),
        ("Result.objects.bulk_create(rows)", True),
        ("self.filter(pk=1).update(value=2)", True),
        ("rows.bulk_update(changed, ['value'])", True),
        ("cursor.copy_expert(statement, rows)", True),
        ("PaperRun.objects.filter(pk=1).update(state='running')", False),
        ("PaperRun.objects.bulk_create(rows)", False),
        ("bulk_create_with_history(rows, Result)", False),
        ("digest.update(data)", False),
    ],
)
def test_a_write_that_leaves_no_history_is_refused_on_what_keeps_one(
    line: str, is_refused: bool, tmp_path: Path
) -> None:
    code = read(tmp_path, {"kpis/models.py": MODELS, "kpis/services.py": line})
    assert len(laws.unaudited_writes(code, {})) == is_refused
    assert laws.unaudited_writes(code, {"kpis/services.py": "for a reason"}) == []
