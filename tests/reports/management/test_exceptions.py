"""``exceptions`` judges live data over a period of choice."""

import json

import pytest
from django.core.management.base import CommandError

from contracts.models import Contract
from contracts.rules.months import parse_month
from kpis.models import Relief, Result
from tests.reports.cases import a_contract
from tests.reports.management.conftest import Run

BAD_DECEMBER = """\
Corporate Support Services Contract (CSS)
November 2017 to January 2018, contract months 32 to 34

{headline}

                Nov 2017  Dec 2017  Jan 2018
Target met             1         0         0
Below target           0         0         0
Below minimum          0         1         0
Relief granted         0         0         1
Not measured           0         0         0
Missing                0         0         0
KPIs in force          1         1         1

Exceptions (1)

ACF_KPI_01 Financial assessments completed in time
  Below minimum, December 2017: new
  Dec 2017: 60.00% (target at least 75%, minimum at least 70%)
  Cause: A system was replaced.
  Expected recovery: March 2018

Mitigation relief (1)

ACF_KPI_01 Financial assessments completed in time
  Mitigation relief, January 2018: new
  Jan 2018: 71.00% (target at least 75%, minimum at least 70%)

Recovered (0)
"""


@pytest.fixture
def contract() -> Contract:
    """On target in November, below minimum in December, under relief in January."""
    december, january = parse_month("2017-12"), parse_month("2018-01")
    contract = a_contract(values={december: "60", january: "71"})
    result = Result.objects.get(month=december)
    result.cause, result.recovery_month = "A system was replaced.", parse_month("2018-03")
    result.save()
    relief = Relief.objects.create(
        contract=contract,
        reference="R1",
        from_month=january,
        cause="system implementation",
        narrative="A new system.",
        decision="granted",
    )
    relief.kpis.set([result.kpi])
    return contract


def test_the_text_says_what_failed_and_adds_up(run_command: Run, contract: Contract) -> None:
    text = run_command("exceptions", "CSS", "--from", "2017-11", "--to", "2018-01", "--history-months", "3").decode()
    headline = text.splitlines()[3]
    assert headline.startswith("One KPI failed between November 2017 and January 2018")
    assert text == BAD_DECEMBER.format(headline=headline)


def test_the_json_is_the_paper_of_the_period(run_command: Run, contract: Contract) -> None:
    paper = json.loads(run_command("exceptions", "CSS", "--from", "Nov-17", "--to", "January 2018", "--format", "json"))
    assert paper["review"]["from"] == "2017-11"
    assert paper["history"]["from"] == "2017-08"
    assert [(line["kpi"], line["rule"], line["months"]) for line in paper["exceptions"]] == [
        ("ACF_KPI_01", "below_minimum", ["2017-12"]),
        ("ACF_KPI_01", "relief", ["2018-01"]),
    ]


def test_a_period_without_exceptions_says_so(run_command: Run, contract: Contract) -> None:
    text = run_command("exceptions", "CSS", "--from", "2017-11", "--to", "2017-11").decode()
    assert "No KPI failed in November 2017." in text
    assert "Exceptions (0)" in text


@pytest.mark.parametrize(("first", "last"), [("2015-04", "2015-04"), ("2018-03", "2018-03")])
def test_the_contracts_first_month_and_that_of_today_may_be_asked_for(
    first: str, last: str, run_command: Run, contract: Contract
) -> None:
    assert run_command("exceptions", "CSS", "--from", first, "--to", last)


@pytest.mark.parametrize(
    ("arguments", "refusal"),
    [
        (("XYZ", "--from", "2017-11", "--to", "2018-01"), "There is no contract 'XYZ'. There is: CSS."),
        (("CSS", "--from", "2018-01", "--to", "2017-11"), "The period ends in 2017-11, before it begins in 2018-01."),
        (("CSS", "--from", "0001-01", "--to", "2018-01"), "between 2015-04 and 2018-03: 0001-01 does not."),
        (("CSS", "--from", "2015-03", "--to", "2018-01"), "between 2015-04 and 2018-03: 2015-03 does not."),
        (("CSS", "--from", "2017-11", "--to", "2018-04"), "between 2015-04 and 2018-03: 2018-04 does not."),
        (("CSS", "--from", "2017-11", "--to", "9999-12"), "between 2015-04 and 2018-03: 9999-12 does not."),
        (("CSS", "--from", "11/2017", "--to", "2018-01"), "'11/2017' is not a month"),
        (("CSS", "--from", "2017-11", "--to", "2018-01", "--history-months", "0"), "invalid choice: 0"),
    ],
)
def test_a_question_that_cannot_be_answered_is_refused_with_what_would_be_right(
    arguments: tuple[str, ...], refusal: str, run_command: Run, contract: Contract
) -> None:
    with pytest.raises(CommandError, match=refusal):
        run_command("exceptions", *arguments)
