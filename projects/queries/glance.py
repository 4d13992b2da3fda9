"""The portfolios of many contracts at a glance, counted by the database: there may be thousands of projects."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date

from contracts.rows import Row, Wanted
from projects.rules.overview import PortfolioGlance


def wanted_glances(contracts: Collection[int], on: date) -> Wanted:
    """
    Contract, projects in flight or on hold, those declared red, and those that finish later than agreed.

    As known on a day: by the register's row that holds then, and of a project that has none by its latest update and
    re-baseline until then; an undated one is older than any.
    """
    known = on.isoformat()
    said = (
        "(SELECT {column} FROM projects_{table} x WHERE x.project_id = p.id AND (x.{day} IS NULL OR x.{day} <= %s)"
        "{more} ORDER BY x.{day} DESC NULLS LAST, x.id DESC LIMIT 1)"
    )
    declared = said.format(column="x.confidence", table="update", day="updated_on", more="")
    forecast = said.format(
        column="x.forecast_finish", table="update", day="updated_on", more=" AND x.forecast_finish IS NOT NULL"
    )
    agreed = said.format(column="x.agreed_finish", table="rebaseline", day="agreed_on", more="")
    keys = ", ".join("%s" for _ in contracts) or "NULL"
    return Wanted(
        "g.contract_id, g.active, g.red, g.late",
        "FROM (SELECT q.contract_id, COUNT(*) AS active, SUM(CASE WHEN q.declared = 'red' THEN 1 ELSE 0 END) AS red,"  # noqa: S608
        " SUM(CASE WHEN q.finish > q.baseline THEN 1 ELSE 0 END) AS late FROM (SELECT p.contract_id,"
        f" CASE WHEN r.id IS NOT NULL THEN r.declared ELSE {declared} END AS declared,"
        f" CASE WHEN r.id IS NOT NULL THEN r.finish ELSE COALESCE(p.actual_finish, {forecast}) END AS finish,"
        f" CASE WHEN r.id IS NOT NULL THEN r.agreed_finish ELSE COALESCE({agreed}, p.original_finish) END AS baseline"
        " FROM projects_project p LEFT JOIN projects_registerrow r ON r.project_id = p.id AND r.from_on <= %s"
        " AND r.until_on > %s"
        f" WHERE p.stage IN ('in flight', 'on hold') AND p.contract_id IN ({keys})) q GROUP BY q.contract_id) g",
        (known, known, known, known, known, *contracts),
    )


def glances_of(rows: Iterable[Row]) -> Mapping[int, PortfolioGlance]:
    """What :func:`wanted_glances` found, by contract; none for a contract without active projects."""
    return {contract: PortfolioGlance(active, red, late) for contract, active, red, late in rows}
