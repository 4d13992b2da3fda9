"""Every page in the states worth looking at: its path and the status it answers."""

from collections.abc import Mapping
from dataclasses import dataclass

from tests.browser.scene import EMPTY, FULL


@dataclass(frozen=True, slots=True)
class Shown:
    path: str
    status: int = 200


FOR_ANYBODY: Mapping[str, Shown] = {
    "sign in": Shown("/accounts/login/"),
    "password reset": Shown("/accounts/password/reset/"),
    "password reset sent": Shown("/accounts/password/reset/done/"),
    "password reset with a dead link": Shown("/accounts/password/reset/key/1-no-such-key/"),
    "closed sign-up": Shown("/accounts/signup/"),
    "accessibility": Shown("/accessibility/"),
    "privacy": Shown("/privacy/"),
    "glossary": Shown("/glossary/"),
}

FOR_THE_CLERK: Mapping[str, Shown] = {
    "contracts": Shown("/"),
    "exceptions": Shown(f"/contracts/{FULL}/"),
    "exceptions of chosen months": Shown(f"/contracts/{FULL}/?from=2017-01&to=2017-10"),
    "exceptions of impossible months": Shown(f"/contracts/{FULL}/?from=2017-10&to=2017-01", 400),
    "exceptions of nothing": Shown(f"/contracts/{EMPTY}/"),
    "matrix": Shown(f"/contracts/{FULL}/kpis/"),
    "matrix filtered": Shown(f"/contracts/{FULL}/kpis/?area=CSC&status=below_minimum"),
    "matrix filtered to nothing": Shown(f"/contracts/{FULL}/kpis/?area=ACF&status=not_measured"),
    "matrix of nothing": Shown(f"/contracts/{EMPTY}/kpis/"),
    "service area": Shown(f"/contracts/{FULL}/areas/CSC/"),
    "service area under relief": Shown(f"/contracts/{FULL}/areas/ACF/"),
    "contracts, sorted": Shown("/?sort=-overdue"),
    "contracts, none found": Shown("/?q=no+such+contract"),
    "kpi": Shown(f"/contracts/{FULL}/kpis/CSC_KPI_04/"),
    "dispute that waits": Shown(f"/contracts/{FULL}/decisions/disputes/{{scene.dispute}}/"),
    "kpi, signal or noise": Shown(f"/contracts/{FULL}/kpis/CSC_KPI_04/?view=signal"),
    "kpi, all months": Shown(f"/contracts/{FULL}/kpis/CSC_KPI_01/?months=all&view=signal"),
    "kpi, months before the record": Shown(f"/contracts/{FULL}/kpis/CSC_KPI_01/?to=2001-01"),
    "kpi, every change": Shown(f"/contracts/{FULL}/kpis/CSC_KPI_04/history/"),
    "kpi due every quarter": Shown(f"/contracts/{FULL}/kpis/CSC_KPI_07/"),
    "kpi under relief": Shown(f"/contracts/{FULL}/kpis/ACF_KPI_01/"),
    "kpi that ended": Shown(f"/contracts/{FULL}/kpis/ACF_KPI_02/"),
    "register": Shown(f"/contracts/{FULL}/projects/"),
    "register sorted, second page": Shown(f"/contracts/{FULL}/projects/?sort=-stage&page=2"),
    "register filtered": Shown(f"/contracts/{FULL}/projects/?key=yes"),
    "register filtered to nothing": Shown(f"/contracts/{FULL}/projects/?q=nothing+like+it"),
    "register with the rarer filters open": Shown(f"/contracts/{FULL}/projects/?kind=transformation&sponsor=head"),
    "register of nothing": Shown(f"/contracts/{EMPTY}/projects/"),
    "timeline": Shown(f"/contracts/{FULL}/projects/timeline/"),
    "timeline of every project": Shown(f"/contracts/{FULL}/projects/timeline/?show=all"),
    "timeline with its filters open": Shown(f"/contracts/{FULL}/projects/timeline/?key=yes"),
    "timeline filtered to nothing": Shown(f"/contracts/{FULL}/projects/timeline/?q=nothing+like+it"),
    "timeline of nothing": Shown(f"/contracts/{EMPTY}/projects/timeline/"),
    "forward plan": Shown(f"/contracts/{FULL}/projects/plan/"),
    "forward plan of nothing": Shown(f"/contracts/{EMPTY}/projects/plan/"),
    "project": Shown(f"/contracts/{FULL}/projects/P001/"),
    "project of which nothing is known": Shown(f"/contracts/{FULL}/projects/P002/"),
    "questions": Shown(f"/contracts/{FULL}/questions/"),
    "questions, none": Shown(f"/contracts/{EMPTY}/questions/"),
    "question with its answer": Shown(f"/contracts/{FULL}/questions/Q001/"),
    "question without an answer": Shown(f"/contracts/{FULL}/questions/Q002/"),
    "minuting a question": Shown(f"/contracts/{FULL}/questions/Q002/minute/"),
    "search": Shown("/search/"),
    "search for everything": Shown("/search/?q=a"),
    "search, all of a kind": Shown("/search/?q=p0&kind=projects&page=2"),
    "search for a code": Shown("/search/?q=csc+kpi+4"),
    "search for a month": Shown("/search/?q=sep+2017"),
    "search for nothing there is": Shown(f"/search/?q={'no-such-thing-' * 12}"),
    "archived projects, none": Shown(f"/contracts/{EMPTY}/projects/archived/"),
    "meetings": Shown(f"/contracts/{FULL}/meetings/"),
    "meetings, none": Shown(f"/contracts/{EMPTY}/meetings/"),
    "meeting with its paper": Shown(f"/contracts/{FULL}/meetings/{{scene.meeting}}/"),
    "meeting without a paper": Shown(f"/contracts/{FULL}/meetings/{{scene.unprepared_meeting}}/"),
    "paper": Shown(f"/contracts/{FULL}/papers/{{scene.paper}}/"),
    "my e-mails": Shown("/messages/"),
    "an e-mail that was sent": Shown("/messages/{scene.sent_message}/"),
    "password change": Shown("/accounts/password/change/"),
    "e-mail addresses": Shown("/accounts/email/"),
    "sign out": Shown("/accounts/logout/"),
    "not found": Shown("/no/such/page/", 404),
    "not allowed": Shown("/admin/", 403),
}

FOR_THE_SUPPLIER: Mapping[str, Shown] = {
    "start page": Shown("/"),
    "returns": Shown(f"/contracts/{FULL}/returns/"),
    "checks": Shown(f"/contracts/{FULL}/returns/ACF/2018-02/check/"),
    "upload": Shown(f"/contracts/{FULL}/returns/ACF/2018-02/upload/"),
    "return that waits for a decision": Shown(f"/contracts/{FULL}/returns/CSC/2018-02/"),
    "return that is closed": Shown(f"/contracts/{FULL}/returns/CSC/2017-09/"),
    "decisions": Shown(f"/contracts/{FULL}/decisions/"),
    "kpi whose figures can be disputed": Shown(f"/contracts/{FULL}/kpis/CSC_KPI_04/"),
    "month whose figures can be disputed": Shown(f"/contracts/{FULL}/returns/2017-09/"),
    "dispute to raise": Shown(f"/contracts/{FULL}/decisions/disputes/CSC_KPI_04/2017-10/"),
    "dispute to withdraw": Shown(f"/contracts/{FULL}/decisions/disputes/{{scene.dispute}}/"),
    "evidence to add": Shown(f"/contracts/{FULL}/evidence/ACF/2018-02/ACF_KPI_01/"),
    "evidence, none": Shown(f"/contracts/{FULL}/evidence/CSC/2018-01/CSC_KPI_01/"),
    "evidence of a closed month": Shown(f"/contracts/{FULL}/evidence/CSC/2017-09/CSC_KPI_04/"),
    "evidence for a relief": Shown(f"/contracts/{FULL}/evidence/relief/R9/"),
    "evidence to delete": Shown(f"/contracts/{FULL}/evidence/{{scene.draft_file}}/remove/"),
    "entry form with evidence": Shown(f"/contracts/{FULL}/returns/ACF/2018-02/"),
    "relief being withdrawn": Shown(f"/contracts/{FULL}/reliefs/R9/withdraw/"),
    "dispute being withdrawn": Shown(f"/contracts/{FULL}/decisions/disputes/{{scene.dispute}}/withdraw/"),
}

FOR_THE_OFFICER: Mapping[str, Shown] = {
    "start page, what is owed": Shown("/"),
    "return that waits for a decision": Shown(f"/contracts/{FULL}/returns/CSC/2018-02/"),
    "return that is closed": Shown(f"/contracts/{FULL}/returns/CSC/2017-09/"),
    "month with evidence": Shown(f"/contracts/{FULL}/returns/2017-09/"),
    "months on time": Shown(f"/contracts/{FULL}/returns/completeness/"),
    "evidence of a closed month": Shown(f"/contracts/{FULL}/evidence/CSC/2017-09/CSC_KPI_04/"),
    "decisions": Shown(f"/contracts/{FULL}/decisions/"),
    "dispute that waits": Shown(f"/contracts/{FULL}/decisions/disputes/{{scene.dispute}}/"),
    "relief asked for": Shown(f"/contracts/{FULL}/reliefs/R9/"),
    "relief to ask for, a KPI chosen": Shown(f"/contracts/{FULL}/reliefs/ask/?kpi=CSC_KPI_04&from=2017-09"),
}

FOR_THE_BOARD_MEMBER: Mapping[str, Shown] = {
    "reliefs": Shown(f"/contracts/{FULL}/reliefs/"),
    "relief": Shown(f"/contracts/{FULL}/reliefs/R9/"),
    "dispute that was upheld": Shown(f"/contracts/{FULL}/decisions/disputes/{{scene.upheld_dispute}}/"),
    "kpi with a dispute": Shown(f"/contracts/{FULL}/kpis/CSC_KPI_04/"),
    "returns are not theirs": Shown(f"/contracts/{FULL}/returns/", 404),
    "no dispute is theirs to answer": Shown(f"/contracts/{FULL}/decisions/disputes/{{scene.dispute}}/answer/", 403),
}

FOR_THE_CONTRACT_MANAGER: Mapping[str, Shown] = {
    "returns": Shown(f"/contracts/{FULL}/returns/"),
    "return that is not submitted": Shown(f"/contracts/{FULL}/returns/ACF/2018-02/"),
    "month in which nothing was handed in": Shown(f"/contracts/{FULL}/returns/2018-02/"),
    "month with evidence": Shown(f"/contracts/{FULL}/returns/2017-09/"),
    "kpi with evidence": Shown(f"/contracts/{FULL}/kpis/CSC_KPI_04/"),
    "relief with evidence": Shown(f"/contracts/{FULL}/reliefs/R9/"),
    "relief to decide with evidence": Shown(f"/contracts/{FULL}/reliefs/R9/decide/"),
    "return with evidence": Shown(f"/contracts/{FULL}/returns/CSC/2017-09/"),
    "decisions": Shown(f"/contracts/{FULL}/decisions/"),
    "dispute to answer": Shown(f"/contracts/{FULL}/decisions/disputes/{{scene.dispute}}/answer/"),
    "dispute that was upheld": Shown(f"/contracts/{FULL}/decisions/disputes/{{scene.upheld_dispute}}/"),
    "a question to answer": Shown(f"/contracts/{FULL}/questions/Q002/"),
    "a question to answer again": Shown(f"/contracts/{FULL}/questions/Q001/"),
}

FOR_A_MEMBER: Mapping[str, Shown] = {
    "exceptions to ask about": Shown(f"/contracts/{FULL}/"),
    "a kpi to ask about": Shown(f"/contracts/{FULL}/kpis/CSC_KPI_04/"),
    "a project to ask about": Shown(f"/contracts/{FULL}/projects/P001/"),
    "asking": Shown(f"/contracts/{FULL}/questions/ask/?kpi=CSC_KPI_04&month=2018-01&rule=below_target"),
    "asking further": Shown(f"/contracts/{FULL}/questions/ask/?follows=Q001"),
    "a question to withdraw": Shown(f"/contracts/{FULL}/questions/Q002/"),
}

FOR_THE_ADMINISTRATOR: Mapping[str, Shown] = {
    "returns": Shown(f"/contracts/{FULL}/returns/"),
    "returns, none": Shown(f"/contracts/{EMPTY}/returns/", 404),
    "month of nothing": Shown(f"/contracts/{EMPTY}/returns/2018-02/", 404),
    "return that is not submitted": Shown(f"/contracts/{FULL}/returns/ACF/2018-02/"),
    "checks of it": Shown(f"/contracts/{FULL}/returns/ACF/2018-02/check/"),
    "draft evidence": Shown(f"/contracts/{FULL}/evidence/ACF/2018-02/ACF_KPI_01/"),
    "register to choose from": Shown(f"/contracts/{FULL}/projects/?choose=yes"),
    "change of several projects": Shown(f"/contracts/{FULL}/projects/change/?all=yes&key=yes"),
    "change of several projects, none ticked": Shown(f"/contracts/{FULL}/projects/change/"),
    "import of a workbook": Shown(f"/contracts/{FULL}/import/"),
    "evidence that is damaged": Shown(f"/contracts/{FULL}/evidence/{{scene.damaged_file}}/", 500),
    "my e-mails, none": Shown("/messages/"),
    "decisions, none": Shown(f"/contracts/{EMPTY}/decisions/"),
    "everybody's e-mails": Shown("/messages/all/"),
    "everybody's e-mails, second page": Shown("/messages/all/?state=waiting&page=2"),
    "everybody's e-mails, failures": Shown("/messages/all/?state=failed"),
    "everybody's e-mails filtered to nothing": Shown("/messages/all/?q=nothing+like+it"),
    "an e-mail that failed": Shown("/messages/{scene.failed_message}/"),
}
