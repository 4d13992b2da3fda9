"""Appendix A says of each area how its verified months were checked."""

import json
from datetime import date

from contracts.models import Contract, ServiceArea
from contracts.rules.months import parse_month
from reports.build import judge_period
from reports.render.words.appendices import how_checked
from reports.snapshot import CheckLine, from_json, to_json
from tests import builders


def test_a_paper_tells_how_each_verified_month_was_checked(contract: Contract, area: ServiceArea) -> None:
    builders.results(builders.kpi(area), "2017-11", ["95"] * 4)
    builders.returns(area, "2017-11", "2017-11")
    builders.returns(area, "2017-12", "2017-12", checked_how="source seen")
    builders.returns(area, "2018-01", "2018-01", checked_how="sample re-performed", sample_size=12)
    builders.returns(area, "2018-02", "2018-02", "submitted")
    paper = judge_period(contract, parse_month("2017-11"), parse_month("2018-02"), on=date(2018, 3, 14))
    (line,) = paper.areas
    assert how_checked(line.checks) == (
        "How it was checked: not on record for November 2017; source seen for December 2017;"
        " a sample of 12 re-performed for January 2018."
    )
    assert from_json(to_json(paper)) == paper


def test_a_paper_frozen_before_checks_were_kept_still_opens(contract: Contract, area: ServiceArea) -> None:
    builders.results(builders.kpi(area), "2018-01", ["95"])
    builders.returns(area, "2018-01", "2018-01", checked_how="source seen")
    paper = judge_period(contract, parse_month("2018-01"), parse_month("2018-01"), on=date(2018, 3, 14))
    (line,) = paper.areas
    assert line.checks == (CheckLine(parse_month("2018-01"), "source seen", None),)
    plain = json.loads(to_json(paper))
    for each in plain["areas"]:
        del each["checks"]
    assert from_json(json.dumps(plain)).areas[0].checks == ()
