"""What is typed on a machine to make something happen, or to see what stands there."""

from typing import Final

PEOPLE: Final = """
from contracts.models import Person
from contracts.rules.roles import Role
from contracts.services import grant_role, set_demonstration_day
from kpis.services.summary import recount
from tests.reports.cases import a_contract
from datetime import date
contract = a_contract()
recount(contract)
for name, role in (("manager", Role.CONTRACT_MANAGER), ("officer", Role.OFFICER), ("guessed", Role.OFFICER)):
    person = Person.objects.create_user(name + "@example.org", job_title=name.title(), password={password!r})
    grant_role(person=person, role=role, contract=contract)
set_demonstration_day(on=date(2018, 3, 5))
"""
FALLS_DUE: Final = """
from contracts.models import Contract, Person
from contracts.rules.roles import Role
from contracts.services import grant_role, set_demonstration_day
from kpis.services.summary import recount
from tests.reports.cases import DRAFT_ON, a_contract, a_meeting
contract = Contract.objects.filter(reference={reference!r}).first() or a_contract({reference!r})
recount(contract)
grant_role(person=Person.objects.get(email="manager@example.org"), role=Role.CONTRACT_MANAGER, contract=contract)
set_demonstration_day(on=DRAFT_ON)
a_meeting(contract, board="Board of " + {reference!r})
"""
STANDS: Final = """
import json
from reports.models import Paper, PaperFile, PaperRun
of = dict(contract__reference={reference!r})
papers = Paper.objects.filter(**of)
print(">", json.dumps(dict(
    runs=PaperRun.objects.filter(**of).count(),
    state=PaperRun.objects.filter(**of).values_list("state", flat=True).first(),
    attempts=PaperRun.objects.filter(**of).values_list("attempts", flat=True).first(),
    papers=[paper.pk for paper in papers],
    files=[file.name for file in PaperFile.objects.filter(paper__in=papers)],
)))
"""
WHO_WRITES: Final = (
    'for i in $(seq 600); do found=$(runuser --user postgres -- psql --tuples-only --no-align scrutineer --command "'
    " SELECT a.client_addr FROM pg_stat_activity a, reports_paperrun r"
    " JOIN contracts_contract c ON c.id = r.contract_id"
    " WHERE r.state = 'running' AND c.reference = '{reference}' AND a.client_addr IN ('{one}', '{other}')"
    " AND a.query LIKE '%reports_paperrun%' ORDER BY a.query_start DESC LIMIT 1\");"
    ' [ -n "$found" ] && echo "$found" && break; sleep 0.03; done'
)

LATE: Final = """
from contracts.models import Person
Person.objects.create_user("late@example.org", job_title="Officer", password={password!r})
"""
HOW_MANY_ARE_LATE: Final = """
from contracts.models import Person
print(">", Person.objects.filter(email="late@example.org").count())
"""
