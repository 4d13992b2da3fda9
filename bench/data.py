"""
Fills an empty database of the newest form with contracts, KPIs, ten years of results, and projects.

The facts are made by SQL from the number of what they belong to, so they are the same every time. What is counted or
reckoned from them is made by the product's own services, and a sample is checked by the checks of `check_register`; the
register's rows of one contract are copied to those whose projects are the same. Nothing has a history.
"""

import sys
import time
from typing import Final

from django.core.management import call_command
from django.db import connection, transaction

from bench import portfolio
from bench.shape import AREAS, KPIS_OF_A_CONTRACT, LAST_MONTH, SEED, TODAY, Shape

CHANCE: Final = """
    CREATE FUNCTION pg_temp.chance(what text, one bigint, other bigint) RETURNS int LANGUAGE sql IMMUTABLE AS $$
        SELECT abs(('x' || substr(md5({seed} || what || ':' || one || ':' || other), 1, 7))::bit(28)::int) % 10000
    $$
"""
CONTRACTS: Final = """
    INSERT INTO contracts_contract (
        reference, title, authority, supplier, commences_on, below_target_is_exception, history_months,
        data_due_working_days, remind_working_days, stale_relief_months, slippage_green_days, slippage_amber_months,
        silent_days, key_project_count, operational_report_working_days)
    SELECT 'B' || lpad(c::text, 3, '0'), 'Corporate services, part ' || c, 'Exampleshire County Council',
        'Example Services ' || c || ' plc', (%(last)s::date - make_interval(months => %(months)s - 1))::date, TRUE, 6,
        10, 2, 3, 7, 1, 35, 20, 5
    FROM generate_series(1, %(contracts)s) c
"""
SERVICE_AREAS: Final = """
    INSERT INTO contracts_servicearea (contract_id, code, name)
    SELECT c.id, a.code, 'Service of ' || a.code
    FROM contracts_contract c CROSS JOIN unnest(%(areas)s) a(code) ORDER BY c.id, a.code
"""
KPIS: Final = """
    INSERT INTO kpis_kpi (
        contract_id, service_area_id, code, name, definition, unit, polarity, decimals, due_mask, in_force_from,
        end_reason)
    SELECT c.id, a.id, 'KPI_' || lpad(k::text, 2, '0'),
        (ARRAY['Calls answered within 30 seconds', 'Invoices paid within 30 days', 'Incidents resolved on time',
            'Debt collected within the month', 'Payments made on the due day', 'Days to fill a post'])[k %% 6 + 1]
            || ', ' || a.code,
        'Counted over the month, from the system of record.',
        CASE WHEN k %% 6 = 5 THEN 'days' ELSE 'percent' END, CASE WHEN k %% 6 = 5 THEN 'lower' ELSE 'higher' END,
        CASE WHEN k %% 6 = 5 THEN 1 ELSE 2 END, 4095, c.commences_on, ''
    FROM contracts_contract c CROSS JOIN generate_series(1, %(kpis)s) k
    JOIN contracts_servicearea a ON a.contract_id = c.id
        AND a.code = (%(areas)s)[CASE WHEN c.reference = %(wide)s THEN 1 ELSE 1 + (k - 1) / 9 END]
    ORDER BY c.id, k
"""
LEVELS: Final = """
    INSERT INTO kpis_level (kpi_id, effective_from, target, minimum, reason, agreed_by)
    SELECT k.id, k.in_force_from, CASE k.unit WHEN 'days' THEN 20 ELSE 95 END,
        CASE k.unit WHEN 'days' THEN 25 ELSE 90 END, '', ''
    FROM kpis_kpi k
    UNION ALL
    SELECT k.id, (%(last)s::date - make_interval(months => 20))::date, CASE k.unit WHEN 'days' THEN 19 ELSE 96 END,
        CASE k.unit WHEN 'days' THEN 25 ELSE 90 END, 'Agreed for the coming years.', 'The contract board'
    FROM kpis_kpi k WHERE k.code LIKE '%%5'
"""
RETURNS: Final = """
    INSERT INTO kpis_return (
        service_area_id, month, state, submitted_at, verified_at, checked_how, returned_reason, reopened_reason,
        version)
    SELECT a.id, m::date, 'verified', m + interval '40 days', m + interval '43 days', 'source seen', '', '', 3
    FROM generate_series((%(last)s::date - make_interval(months => %(months)s - 1))::date, %(last)s, '1 month') m
    CROSS JOIN contracts_servicearea a
    WHERE EXISTS (SELECT 1 FROM kpis_kpi k WHERE k.service_area_id = a.id)
    ORDER BY m, a.id
"""
RESULTS: Final = """
    INSERT INTO kpis_result (
        kpi_id, month, value, not_measured_reason, cause, effect, remedy, comment, source, is_shared, version)
    SELECT x.id, x.at,
        CASE WHEN x.is_gap THEN NULL
            WHEN x.unit = 'days' THEN round(CASE WHEN x.is_bad THEN 25.1 + x.depth / 1000.0
                WHEN x.is_miss THEN 20.1 + x.depth / 2500.0 ELSE 12 + x.depth / 1500.0 END, 1)
            ELSE round(CASE WHEN x.is_bad THEN 89.9 - x.depth / 1000.0
                WHEN x.is_miss THEN 90.1 + x.depth / 2500.0 ELSE 96 + x.depth / 2500.0 END, 2) END,
        CASE WHEN x.is_gap THEN 'The system of record was not available.' ELSE '' END,
        CASE WHEN x.is_said THEN 'A change of suppliers of the telephone system took staff away from the lines.' ELSE ''
            END,
        CASE WHEN x.is_said THEN 'Some residents waited longer; no payment was missed.' ELSE '' END,
        CASE WHEN x.is_said THEN 'Four people were engaged; the head of service reports weekly.' ELSE '' END,
        '', '', FALSE, 1
    FROM (
        SELECT k.id, k.unit, m::date AS at, pg_temp.chance('depth', k.id, extract(epoch FROM m)::bigint) AS depth,
            r.luck >= 9900 AS is_gap, r.luck < 200 AS is_bad, r.luck BETWEEN 200 AND 599 AS is_miss,
            r.luck < 600 OR r.luck >= 9900 AS is_said
        FROM generate_series((%(last)s::date - make_interval(months => %(months)s - 1))::date, %(last)s, '1 month') m
        CROSS JOIN kpis_kpi k
        CROSS JOIN LATERAL (SELECT pg_temp.chance('luck', k.id, extract(epoch FROM m)::bigint) AS luck) r
    ) x
    ORDER BY x.at, x.id
"""
RELIEFS: Final = """
    INSERT INTO kpis_relief (
        contract_id, reference, is_blanket, from_month, to_month, cause, narrative, requested_by, requested_on,
        decision, decided_by, decided_on, decision_reason, version)
    SELECT c.id, 'R' || r.number, FALSE, (%(last)s::date - make_interval(months => r.since))::date,
        (%(last)s::date - make_interval(months => r.until))::date, 'third party',
        'The network of a third party failed and was replaced.', 'The supplier', %(last)s, r.decision,
        CASE r.decision WHEN 'granted' THEN 'The contract manager' ELSE '' END,
        CASE r.decision WHEN 'granted' THEN %(last)s::date END, '', 1
    FROM contracts_contract c CROSS JOIN (VALUES
        (1, 5, NULL::int, 'granted'), (2, 9, 4, 'granted'), (3, 1, NULL, 'requested')) r(number, since, until, decision)
    ORDER BY c.id, r.number
"""
RELIEVED: Final = """
    INSERT INTO kpis_relief_kpis (relief_id, kpi_id)
    SELECT r.id, k.id FROM kpis_relief r JOIN kpis_kpi k ON k.contract_id = r.contract_id
    WHERE (r.reference, k.code) IN (('R1', 'KPI_03'), ('R1', 'KPI_04'), ('R2', 'KPI_12'), ('R3', 'KPI_20'))
"""
BOARDS: Final = """
    INSERT INTO reports_board (
        name, clear_days, draft_days, sign_off_days, with_clerk_days, addendum_cut_off_days, recommendation, author,
        paper_years, background_years, version)
    SELECT 'Board of ' || reference, 5, 5, 2, 1, 1, 'That the report be noted.', 'Head of Corporate Services', 6, 4, 1
    FROM contracts_contract;
    INSERT INTO reports_board_contracts (board_id, contract_id)
    SELECT b.id, c.id FROM reports_board b JOIN contracts_contract c ON b.name = 'Board of ' || c.reference;
    INSERT INTO reports_meeting (board_id, meeting_on, status, place, reason, version)
    SELECT b.id, (%(today)s::date + 10 + 91 * m)::date, CASE WHEN m < 0 THEN 'held' ELSE 'planned' END, 'Room 1', '', 1
    FROM reports_board b CROSS JOIN generate_series(-8, 2) m
"""
OPEN: Final = """
    UPDATE kpis_return SET state = 'returned', returned_reason = 'Please explain the misses.', verified_at = NULL,
        checked_how = ''
    WHERE month = %(last)s AND service_area_id = (
        SELECT a.id FROM contracts_servicearea a JOIN contracts_contract c ON c.id = a.contract_id
        WHERE c.reference = %(wide)s AND a.code = (%(areas)s)[1])
"""
BY_SQL: Final = (
    CONTRACTS, SERVICE_AREAS, KPIS, LEVELS, RETURNS, RESULTS, RELIEFS, RELIEVED, BOARDS, OPEN, portfolio.PROJECTS,
    portfolio.UPDATES, portfolio.REBASELINES, portfolio.MILESTONES,
)  # fmt: skip


def fill(shape: Shape) -> dict[str, float]:
    """Seconds that it took to make the facts, and to count and reckon from them."""
    from contracts.services import set_demonstration_day

    began = time.perf_counter()
    given = {
        "last": LAST_MONTH,
        "today": TODAY,
        "areas": list(AREAS),
        "kpis": KPIS_OF_A_CONTRACT,
        "contracts": shape.contracts,
        "months": shape.months,
        "wide": shape.wide,
        **portfolio.given(shape),
    }
    set_demonstration_day(on=TODAY)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(CHANCE.format(seed=SEED))
        for statement in BY_SQL:
            cursor.execute(statement, given)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    made = time.perf_counter()
    _count(shape)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    _check(shape)
    return {"facts by SQL": round(made - began, 1), "counted and checked": round(time.perf_counter() - made, 1)}


def _count(shape: Shape) -> None:
    """By the product's own services: the counts of each area's month, the rows of each kind of register."""
    from contracts.models import Contract
    from kpis.services.summary import recount
    from projects.services.register import restate_contract

    for contract in Contract.objects.all():
        recount(contract)
    for name in (shape.wide, shape.long):
        restate_contract(Contract.objects.get(reference=name), on=TODAY)
    with connection.cursor() as cursor:
        cursor.execute(portfolio.REGISTER_ROWS, portfolio.given(shape))


def _check(shape: Shape) -> None:
    """What the product says of a sample of it; a breach ends the run."""
    from contracts.models import Contract
    from kpis.checks import breaches as of_kpis
    from projects.checks import breaches as of_projects

    for name in {shape.wide, shape.usual, shape.long}:
        contract = Contract.objects.get(reference=name)
        found = [*of_kpis(contract), *(of_projects(contract) if name != shape.long else ())]
        if found:
            sys.exit("\n".join(found))


def migrate() -> None:
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
