"""The small paper looks as it did; a difference is looked at before `tests.reports.render.golden` is run."""

from tests.reports.render.golden import FOLDER, texts


def test_the_small_paper_looks_as_it_did() -> None:
    for name, text in texts().items():
        assert text == (FOLDER / name).read_bytes().decode(), name


def test_no_golden_file_is_left_over() -> None:
    assert {path.name for path in FOLDER.iterdir()} == set(texts())
