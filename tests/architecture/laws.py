"""The laws of the house. Each gives one line for every breach: the place, what is wrong, what to do about it."""

import ast
import re
import sys
from collections.abc import Mapping

from tests.architecture.source import Code, Import, Module, called, calls_in, layer_of, receiver

APPS_BELOW: Mapping[str, frozenset[str]] = {
    "contracts": frozenset(),
    "kpis": frozenset({"contracts"}),
    "projects": frozenset({"contracts"}),
    "reports": frozenset({"contracts", "kpis", "projects"}),
}

# From the top down. A module imports from its own layer and from those below it.
LAYERS: tuple[frozenset[str], ...] = (
    frozenset(
        {
            "urls",
            "returns_urls",
            "relief_urls",
            "dispute_urls",
            "definition_urls",
            "evidence_urls",
            "kpi_urls",
            "people_urls",
            "question_urls",
            "calendar_urls",
            "paper_urls",
            "request_urls",
            "apps",
        }
    ),
    frozenset({"views", "admin", "tasks", "management", "middleware", "context"}),
    frozenset(
        {"services", "queries", "forms", "tables", "build", "http", "workbook", "checks", "drawings", "page", "kept"}
    ),
    frozenset({"models"}),
    frozenset({"querysets", "render", "rows", "prepared", "readings", "differences"}),
    frozenset({"calendars", "converters", "fields", "indexes", "origin", "snapshot", "together", "uploads"}),
    frozenset({"rules"}),
)
HEIGHT_OF = {module: height for height, layer in enumerate(reversed(LAYERS)) for module in layer}

SHAPELESS = frozenset({"utils", "helpers", "common"})
MOST_LINES = 300

CLOCKS_AND_FLOATS = frozenset({"today", "now", "utcnow", "open", "float", "round"})
BULK_WRITES = frozenset({"bulk_create", "bulk_update", "abulk_create", "abulk_update", "copy_expert"})
QUERYSET_UPDATES = frozenset({"update", "aupdate"})
MARKUP_TYPES = frozenset({"Markup", "SafeString"})
RAW_IN_TEMPLATE = re.compile(r"\|\s*safe(seq)?\b|\bautoescape\s+(off|false)\b")


def upward_arrows(code: Code) -> list[str]:
    """Between apps imports point down only; of config an app sees config.ui alone, and config.ui sees no app."""
    return [f"{arrow.place}: {why}" for arrow in code.imports if (why := _refusal(arrow))]


def _refusal(arrow: Import) -> str | None:
    source, target = arrow.source.dotted, arrow.target
    top = target.partition(".")[0]
    if arrow.source.is_in_app:
        if top in APPS_BELOW and top not in {arrow.source.tree_name, *APPS_BELOW[arrow.source.tree_name]}:
            return f"imports point down only, {arrow.source.tree_name} must not import {target}"
        if top == "config" and not _is_within(target, "config.ui"):
            return f"of config an app sees config.ui alone, not {target}"
    if _is_within(source, "config.ui") and top in {*APPS_BELOW, "config"} and not _is_within(target, "config.ui"):
        return f"config.ui is a leaf, it must not import {target}"
    if top in {"tests", "bench"} and arrow.source.tree_name not in {"tests", "bench"}:
        return f"the product must not import {target}"
    return None


def early_imports(code: Code) -> list[str]:
    """What config.bootstrap draws in, however deep, is there before anything is installed: the standard library."""
    drawn_in = {"config.bootstrap"}
    while further := {
        arrow.target
        for arrow in code.imports
        if arrow.source.dotted in drawn_in and _is_within(arrow.target, "config") and arrow.target not in drawn_in
    }:
        drawn_in |= further
    return [
        f"{arrow.place}: runs before anything is installed, it must not import {arrow.target}"
        for arrow in code.imports
        if arrow.source.dotted in drawn_in and arrow.target not in drawn_in and not _is_standard(arrow.target)
    ]


def upward_layers(code: Code) -> list[str]:
    """Inside an app, urls > views > services > models > querysets > rules; what only types need does not count."""
    found = []
    for arrow in code.imports:
        app, source, target = arrow.source.tree_name, layer_of(arrow.source.dotted), layer_of(arrow.target)
        if app not in APPS_BELOW or not _is_within(arrow.target, app) or arrow.is_for_types:
            continue
        if HEIGHT_OF.get(target, 0) > HEIGHT_OF.get(source, len(LAYERS)):
            found.append(f"{arrow.place}: {source} must not import {target}, which stands above it")
    return found


def modules_without_a_layer(code: Code) -> list[str]:
    """Every module of an app has its place in the order of the layers."""
    placed = HEIGHT_OF.keys() | {"", "migrations"}
    return [
        f"{module.path}: {layer_of(module.dotted)} is not in LAYERS yet; say there where it stands"
        for module in code.modules
        if module.is_in_app and layer_of(module.dotted) not in placed
    ]


def impure_rules(code: Code) -> list[str]:
    """Rules import the standard library and other rules; they read no clock, open no file and know no float."""
    found = [
        f"{arrow.place}: rules import only the standard library and rules, not {arrow.target}"
        for arrow in code.imports
        if _is_rules(arrow.source.dotted) and not _is_rules(arrow.target) and not _is_standard(arrow.target)
    ]
    for module in code.modules:
        if _is_rules(module.dotted):
            found += [
                f"{module.place(call)}: a rule must not call {called(call)}()"
                for call in module.calls()
                if called(call) in CLOCKS_AND_FLOATS
            ]
    return found


def shapeless_names(code: Code) -> list[str]:
    """A module is named for what it holds."""
    return [
        f"{module.path}: name it for what it holds"
        for module in code.modules
        if SHAPELESS.intersection(module.dotted.split("."))
    ]


def long_files(code: Code, allowed: Mapping[str, str]) -> list[str]:
    """A file that passes 300 lines becomes a package; migrations, and the files listed, may be longer."""
    lengths = {module.path: module.line_count for module in code.modules if not module.is_migration}
    lengths |= {template.path: len(template.lines) for template in code.templates}
    return [
        f"{path}: {lines} lines, more than {MOST_LINES}; make it a package of the same name with one file per subject"
        for path, lines in lengths.items()
        if lines > MOST_LINES and path not in allowed
    ]


def raw_markup(code: Code) -> list[str]:
    """HTML comes from templates and format_html; nothing else gets past the escaping, a literal excepted."""
    found = []
    for module in code.modules:
        if module.tree_name == "tests":
            continue
        found += [
            f"{module.place(node)}: mark_safe gets past the escaping; use a template or format_html"
            for name, node in module.names()
            if name == "mark_safe"
        ]
        found += [
            f"{module.place(call)}: {called(call)}() of what is no literal gets past the escaping; use format_html"
            for call in module.calls()
            if called(call) in MARKUP_TYPES and not all(isinstance(given, ast.Constant) for given in call.args)
        ]
    for template in code.templates:
        found += [
            f"{template.path}:{number}: the template switches the escaping off"
            for number, line in enumerate(template.lines, start=1)
            if RAW_IN_TEMPLATE.search(line)
        ]
    return found


def unaudited_writes(code: Code, allowed: Mapping[str, str]) -> list[str]:
    """A queryset's update() and bulk_*() leave no history: only for models that keep none, or in the files listed.

    An update() without a positional argument is taken for a queryset's; a dict can say the same with |=.
    """
    untracked = _models_without_history(code)
    return [
        f"{module.place(call)}: {called(call)}() leaves no history; save each row, or use the bulk helpers with history"
        for module in code.modules
        if module.is_in_app and not module.is_migration and module.path not in allowed
        for call in module.calls()
        if _is_bulk_write(call) and receiver(call) not in untracked
    ]


def _is_bulk_write(call: ast.Call) -> bool:
    if not isinstance(call.func, ast.Attribute):
        return False
    return call.func.attr in BULK_WRITES or (call.func.attr in QUERYSET_UPDATES and not call.args)


def _models_without_history(code: Code) -> set[str]:
    models = [node for module in code.modules if _is_models(module) for node in module.classes()]
    tracked = {node.name for node in models if any(called(call) == "History" for call in calls_in(node))}
    inheriting = {node.name for node in models if tracked & {getattr(base, "id", "") for base in node.bases}}
    return {node.name for node in models} - tracked - inheriting


def _is_models(module: Module) -> bool:
    return module.is_in_app and layer_of(module.dotted) == "models"


def _is_rules(dotted: str) -> bool:
    return dotted.partition(".")[0] in APPS_BELOW and layer_of(dotted) == "rules"


def _is_standard(dotted: str) -> bool:
    return dotted.partition(".")[0] in sys.stdlib_module_names


def _is_within(dotted: str, package: str) -> bool:
    return dotted == package or dotted.startswith(f"{package}.")
