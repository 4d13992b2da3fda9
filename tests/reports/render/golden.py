"""The golden files: what a small paper of each kind looks like in every format whose text can be read.

`python -m tests.reports.render.golden` writes them anew; look at the difference before you keep it.
"""

import os
from pathlib import Path

SAMPLES = {
    "small": "small",
    "addendum": "addendum",
    "board_projects": "projects",
    "month_of_projects": "operational",
    "written": "written",
}
FOLDER = Path(__file__).parents[2] / "data" / "papers"


def texts() -> dict[str, str]:
    """The small papers by file name: HTML, JSON and CSV as they are, of the PDF its structure with its text."""
    from reports.render.names import part_of_name
    from tests.reports.render.rendered import content, files
    from tests.reports.render.tagged import Element, read

    def outline(element: Element, depth: int = 0) -> list[str]:
        lines = []
        for each in element.inside:
            if isinstance(each, Element):
                note = f" ({each.scope})" if each.scope else f": {each.alt}" if each.alt else ""
                lines += [f"{'  ' * depth}{each.kind}{note}", *outline(each, depth + 1)]
            elif each.strip():
                lines.append(f"{'  ' * depth}“{each.strip()}”")
        return lines

    found: dict[str, str] = {}
    for sample, name in SAMPLES.items():
        found |= {
            f"{name}.html": content(sample, "html").decode(),
            f"{name}.json": content(sample, "json").decode(),
            f"{name}-pdf-structure.txt": "\n".join(outline(read(content(sample, "pdf")).root)) + "\n",
            **{f"{name}-{part_of_name(file.name, 1)}.csv": file.content.decode() for file in files(sample, "csv")},
        }
    return found


def write() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, text in texts().items():
        (FOLDER / name).write_bytes(text.encode())


if __name__ == "__main__":
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    write()
