"""The projects of the contracts by SQL: the same ones in each contract, more of them in the last."""

from typing import Any, Final

from bench.shape import AREAS, SHORT_REGISTER, TODAY, UPDATES_OF_A_PROJECT, Shape

PROJECTS: Final = """
    INSERT INTO projects_project (
        contract_id, reference, title, kind, service_area_id, scrutiny_area, stage, sponsor, manager, third_party,
        original_start, original_finish, actual_finish, benefit, source, archived_reason, version)
    SELECT c.id, 'P' || lpad(n::text, 5, '0'),
        (ARRAY['Payroll link', 'Device refresh', 'Customer portal', 'Archive move'])[1 + x.a %% 4] || ' ' || n,
        'transformation', a.id, (ARRAY['Adults', 'Children', 'Environment', 'Value for money', ''])[1 + x.a %% 5],
        s.stage, 'Head of ' || (ARRAY['Property', 'Schools', 'Highways', 'Finance'])[1 + x.b %% 4],
        'Programme manager', '', f.finish - 100 - x.d %% 300, f.finish,
        CASE s.stage WHEN 'complete' THEN f.finish + (ARRAY[0, 0, 0, 3, 20])[1 + x.a %% 5] END, '', '', '', 1
    FROM contracts_contract c
    JOIN LATERAL generate_series(1, CASE WHEN c.reference = %(long)s THEN %(many)s ELSE %(few)s END) n ON TRUE
    CROSS JOIN LATERAL (SELECT pg_temp.chance('a', n, 0) AS a, pg_temp.chance('b', n, 0) AS b,
        pg_temp.chance('c', n, 0) AS c, pg_temp.chance('d', n, 0) AS d) x
    CROSS JOIN LATERAL (
        SELECT (ARRAY['pipeline', 'in flight', 'in flight', 'on hold', 'complete'])[1 + x.b %% 5] AS stage) s
    CROSS JOIN LATERAL (
        SELECT CASE s.stage WHEN 'complete' THEN %(today)s::date - 30 - x.c %% 700
            ELSE %(today)s::date + 10 + x.c %% 500 END AS finish) f
    JOIN contracts_servicearea a ON a.contract_id = c.id AND a.code = (%(areas)s)[1 + x.d %% 5]
    ORDER BY c.id, n
"""
UPDATES: Final = """
    INSERT INTO projects_update (
        project_id, updated_on, number, confidence, forecast_finish, done, next, delay_cause, delay_party, cost_effect,
        knock_on, is_green_unknown)
    SELECT p.id, %(today)s::date - 30 * m - 1 - x.a %% 27, 1,
        CASE WHEN x.a < 300 THEN 'red' WHEN x.a < 1000 THEN 'amber' ELSE 'green' END,
        p.original_finish + CASE WHEN x.b < 400 THEN 56 WHEN x.b < 1000 THEN 5 ELSE 0 END,
        'Tested with two services.', 'Train the others.',
        '', '', '', '', FALSE
    FROM generate_series(%(updates)s - 1, 0, -1) m CROSS JOIN projects_project p
    CROSS JOIN LATERAL (SELECT pg_temp.chance('said', substr(p.reference, 2)::int, m) AS a,
        pg_temp.chance('forecast', substr(p.reference, 2)::int, m) AS b) x
    ORDER BY m DESC, p.id
"""
REBASELINES: Final = """
    INSERT INTO projects_rebaseline (project_id, agreed_finish, agreed_on, agreed_by, reason)
    SELECT id, original_finish + 30, %(today)s::date - 60, 'The programme board', 'Agreed.'
    FROM projects_project WHERE pg_temp.chance('moved', substr(reference, 2)::int, 0) < 2000 ORDER BY id
"""
MILESTONES: Final = """
    INSERT INTO projects_milestone (project_id, title, original_on, actual_on)
    SELECT p.id, 'Step ' || step, d.due, CASE
        WHEN d.due < %(today)s AND x.luck >= CASE p.stage WHEN 'complete' THEN 300 ELSE 3000 END THEN d.due END
    FROM projects_project p CROSS JOIN generate_series(1, 3) step
    CROSS JOIN LATERAL (SELECT p.original_finish - 30 * step AS due) d
    CROSS JOIN LATERAL (SELECT pg_temp.chance('step', substr(p.reference, 2)::int, step) AS luck) x
    ORDER BY p.id, step
"""
REGISTER_ROWS: Final = """
    INSERT INTO projects_registerrow (
        contract_id, project_id, service_area_id, from_on, until_on, green_days, amber_months, reference, title, kind,
        stage, scrutiny_area, sponsor, manager, declared, computed, original_finish, agreed_finish, forecast_finish,
        finish, days_late, days_late_agreed, percent_late, rebaselined, key_rank, updated_on, earliest_due_on,
        unanswered, is_archived, is_illustrative, reference_order, title_order, scrutiny_order, sponsor_order,
        manager_order, stage_order, declared_order, computed_order, words, sponsor_words)
    SELECT p.contract_id, p.id, p.service_area_id, r.from_on, r.until_on, r.green_days, r.amber_months, r.reference,
        r.title, r.kind, r.stage, r.scrutiny_area, r.sponsor, r.manager, r.declared, r.computed, r.original_finish,
        r.agreed_finish, r.forecast_finish, r.finish, r.days_late, r.days_late_agreed, r.percent_late, r.rebaselined,
        r.key_rank, r.updated_on, r.earliest_due_on, r.unanswered, r.is_archived, r.is_illustrative, r.reference_order,
        r.title_order, r.scrutiny_order, r.sponsor_order, r.manager_order, r.stage_order, r.declared_order,
        r.computed_order, r.words, r.sponsor_words
    FROM projects_registerrow r
    JOIN contracts_contract made ON made.id = r.contract_id AND made.reference = %(wide)s
    JOIN contracts_contract c ON c.reference NOT IN (%(wide)s, %(long)s)
    JOIN projects_project p ON p.contract_id = c.id AND p.reference = r.reference
    ORDER BY p.contract_id, p.id, r.from_on
"""


def given(shape: Shape) -> dict[str, Any]:
    return {
        "today": TODAY,
        "areas": list(AREAS),
        "wide": shape.wide,
        "long": shape.long,
        "few": SHORT_REGISTER,
        "many": shape.long_register,
        "updates": UPDATES_OF_A_PROJECT,
    }
