"""typst with nothing of the outside: the vendored fonts only, words as data, the paper's date.

A worker prints papers for weeks in one process, and typst was made for a run of seconds: it remembers the work of the
last ten compilations, about 60 MB a paper, and it can read 65,535 sources from memory before it gives up for good. So
sources are files, their compilers are kept, and what one paper left behind is aged away.
"""

import json
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any, Final

import typst

from reports.render.glyphs import FONTS

SOURCES: Final = Path(__file__).parent / "typst"
EMPTY: Final = "empty.typ"
AGES: Final = 11
"""typst drops what ten compilations in a row did not use."""
ONE_AT_A_TIME: Final = Lock()


def typeset(source: str, words: object, **options: Any) -> list[bytes]:
    """The pages of a PNG, or the one file of a PDF. The source reads `words` as JSON from `sys.inputs.words`."""
    inputs = {"words": json.dumps(words, ensure_ascii=False)}
    with ONE_AT_A_TIME:
        try:
            made = _compiler(source).compile(sys_inputs=inputs, **options)
        finally:
            for _ in range(AGES):
                _compiler(EMPTY).compile(format="pdf")
    return made if isinstance(made, list) else [made]


@cache
def _compiler(source: str) -> Any:
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])
    return typst.Compiler(SOURCES / source, root=SOURCES, font_paths=fonts)
