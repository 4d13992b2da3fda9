"""Months to choose from, put together in one go."""

from datetime import date

from django.utils.safestring import SafeString

from config.ui.options import month_options


def test_each_month_is_written_as_addresses_and_as_sentences_do() -> None:
    written = month_options([date(2018, 3, 1), date(2018, 2, 1)], "2018-02")
    assert isinstance(written, SafeString)
    assert written == (
        '<option value="2018-03">March 2018</option><option value="2018-02" selected>February 2018</option>'
    )


def test_without_months_there_is_nothing_to_choose() -> None:
    assert month_options([]) == ""
