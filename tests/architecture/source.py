"""The project's code as the laws look at it: modules with their imports and calls, and templates. Nothing is run."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

APPS = ("contracts", "kpis", "projects", "reports")
TREES = (*APPS, "config", "tests", "bench", "manage.py")


@dataclass(frozen=True, slots=True)
class Import:
    """One arrow of the map, from module to module, and the place where it is drawn."""

    place: str
    source: "Module"
    target: str
    is_for_types: bool


@dataclass(frozen=True, slots=True, eq=False)
class Module:
    """A Python file: its path from the root, its dotted name, what it says."""

    path: str
    dotted: str
    line_count: int
    tree: ast.Module

    @property
    def tree_name(self) -> str:
        """The app, or whatever top-level folder it lies in."""
        return self.dotted.partition(".")[0]

    @property
    def is_in_app(self) -> bool:
        return self.tree_name in APPS

    @property
    def is_migration(self) -> bool:
        return layer_of(self.dotted) == "migrations"

    def place(self, node: ast.AST) -> str:
        return f"{self.path}:{getattr(node, 'lineno', 1)}"

    def calls(self) -> Iterator[ast.Call]:
        yield from calls_in(self.tree)

    def classes(self) -> Iterator[ast.ClassDef]:
        yield from (node for node in ast.walk(self.tree) if isinstance(node, ast.ClassDef))

    def names(self) -> Iterator[tuple[str, ast.AST]]:
        """Every name that is used or imported, with where."""
        for node in ast.walk(self.tree):
            for attribute in ("id", "attr", "name"):
                if isinstance(name := getattr(node, attribute, None), str):
                    yield name, node


@dataclass(frozen=True, slots=True)
class Template:
    """A template: its path from the root and its lines."""

    path: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Code:
    """Everything that the laws look at."""

    modules: tuple[Module, ...]
    templates: tuple[Template, ...]
    imports: tuple[Import, ...]


def read_code(root: Path) -> Code:
    """Read and parse every Python file and template of the project below its root."""
    paths = [path for tree in TREES for path in sorted(_python_files(root / tree))]
    modules = tuple(_module(root, path) for path in paths)
    known = {module.dotted for module in modules}
    return Code(
        modules=modules,
        templates=tuple(
            Template(path.relative_to(root).as_posix(), tuple(path.read_text(encoding="utf-8").splitlines()))
            for path in sorted((root / "templates").rglob("*.html"))
        ),
        imports=tuple(arrow for module in modules for arrow in _imports(module, known)),
    )


def layer_of(dotted: str) -> str:
    """The layer within an app, which is the name after the app's: models for kpis.models.relief."""
    return dotted.partition(".")[2].partition(".")[0]


def called(call: ast.Call) -> str:
    """The name that is called, without what it is called on."""
    return getattr(call.func, "id", "") or getattr(call.func, "attr", "")


def receiver(call: ast.Call) -> str:
    """The name that a chain of calls begins with: Paper in Paper.objects.filter(...).update(...)."""
    node: ast.expr = call
    while isinstance(node, ast.Call | ast.Attribute):
        node = node.func if isinstance(node, ast.Call) else node.value
    return node.id if isinstance(node, ast.Name) else ""


def calls_in(tree: ast.AST) -> Iterator[ast.Call]:
    yield from (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def _python_files(tree: Path) -> Iterator[Path]:
    return iter([tree]) if tree.is_file() else tree.rglob("*.py")


def _module(root: Path, path: Path) -> Module:
    parts = path.relative_to(root).with_suffix("").parts
    text = path.read_text(encoding="utf-8")
    return Module(
        path=path.relative_to(root).as_posix(),
        dotted=".".join(parts[:-1] if parts[-1] == "__init__" else parts),
        line_count=len(text.splitlines()),
        tree=ast.parse(text, filename=str(path)),
    )


def _imports(module: Module, known: set[str]) -> Iterator[Import]:
    guarded = [node for node in ast.walk(module.tree) if isinstance(node, ast.If) and _asks_for_types(node.test)]
    for_types = {id(inner) for node in guarded for statement in node.body for inner in ast.walk(statement)}
    for node in ast.walk(module.tree):
        for target in _targets(node, module, known):
            yield Import(module.place(node), module, target, id(node) in for_types)


def _asks_for_types(test: ast.expr) -> bool:
    return "TYPE_CHECKING" in (getattr(test, "id", ""), getattr(test, "attr", ""))


def _targets(node: ast.AST, module: Module, known: set[str]) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    if isinstance(node, ast.ImportFrom):
        base = _absolute(node, module)
        inner = (f"{base}.{alias.name}" for alias in node.names)
        yield from dict.fromkeys(full if full in known else base for full in inner)


def _absolute(node: ast.ImportFrom, module: Module) -> str:
    if not node.level:
        return node.module or ""
    up = node.level - 1 if module.path.endswith("__init__.py") else node.level
    package = module.dotted.split(".")
    return ".".join([*package[: len(package) - up], *([node.module] if node.module else [])])
