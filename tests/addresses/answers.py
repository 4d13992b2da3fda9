"""Who gets which answer, by the kinds of pages there are."""

Statuses = dict[str, int]

ANONYMOUS = "anonymous"
STRANGERS = ("outsider", "other_officer")
WATCHERS = ("contract_manager", "clerk", "board_member", "project_manager", "supplier", "officer", "administrator")
DRAFTERS = ("officer", "contract_manager", "clerk", "administrator")

SIGN_IN = 302
# What is sent names no version of what was looked at, so it is taken for a stale page.
CONFLICT = 409
# A leaver cannot sign in, and a session that was open ends: for the site that is nobody.
NOBODY: Statuses = {ANONYMOUS: SIGN_IN, "leaver": SIGN_IN}
FREE: Statuses = dict.fromkeys((ANONYMOUS, "leaver", *WATCHERS, *STRANGERS), 200)
SIGNED_IN: Statuses = FREE | NOBODY
OF_THE_CONTRACT: Statuses = SIGNED_IN | dict.fromkeys(STRANGERS, 404)
OF_ITS_DRAFTS: Statuses = OF_THE_CONTRACT | {name: 404 for name in WATCHERS if name not in DRAFTERS}
# Operational reports are for those who run the projects and the contract; two of these may ask for one.
OF_OPERATIONAL_REPORTS: Statuses = OF_THE_CONTRACT | dict.fromkeys(("board_member", "supplier"), 404)
# Whoever has exactly one contract is led to it; clerk and administrator see both, the outsider none.
LED_TO_THE_CONTRACT: Statuses = SIGNED_IN | {
    name: 302 for name in (*WATCHERS, "other_officer") if name not in ("clerk", "administrator")
}
# Pages for who is not signed in send who is on to the start page, and the other way round.
ONLY_ANONYMOUS: Statuses = dict.fromkeys(FREE, 302) | {ANONYMOUS: 200, "leaver": 200}
# They have nothing to do here: one has a password already, one was sent no code.
ELSEWHERE: Statuses = dict.fromkeys(FREE, 302)
# There is nothing here for anybody, or not in an installation that is set up like this one.
NOWHERE: Statuses = dict.fromkeys(FREE, 404)
CLOSED: Statuses = NOWHERE | NOBODY


# Everybody who is signed in does it and is led on.
DOES: Statuses = dict.fromkeys(FREE, 302)
OF_THE_OFFICER: Statuses = dict.fromkeys(FREE, 404) | NOBODY | {"officer": 200, "administrator": 200}
NOT_TO_DO: Statuses = OF_THE_CONTRACT | dict.fromkeys(WATCHERS, 403)
ASKS_RELIEF: Statuses = NOT_TO_DO | dict.fromkeys(("officer", "supplier", "contract_manager"), 200)
EDITS_PROJECTS: Statuses = NOT_TO_DO | {"administrator": 200}
ASKS_FOR_PAPERS: Statuses = NOT_TO_DO | dict.fromkeys(("contract_manager", "administrator"), 302)
ASKS_FOR_REPORTS: Statuses = ASKS_FOR_PAPERS | dict.fromkeys(("board_member", "supplier"), 404)
POSTS_UPDATES: Statuses = NOT_TO_DO | {"project_manager": 200}
# An empty update says nothing: it is refused field by field.
SAYS_NOTHING: Statuses = NOT_TO_DO | {"project_manager": 422}
RUNS_PROJECTS: Statuses = OF_THE_CONTRACT | dict.fromkeys(WATCHERS, 404) | {"project_manager": 200}
# The key projects: officers and the contract manager propose, members nominate, clerk or contract manager records.
PROPOSES: Statuses = NOT_TO_DO | dict.fromkeys(("officer", "contract_manager"), 200)
PUT_ALREADY: Statuses = {who: 302 if status == 200 else status for who, status in PROPOSES.items()}
RECORDS: Statuses = NOT_TO_DO | dict.fromkeys(("clerk", "contract_manager"), 200)
NOMINATES: Statuses = NOT_TO_DO | {"board_member": 200}
SETS_CHAIRS: Statuses = NOT_TO_DO | {"administrator": 200}
SAVES_CHAIRS: Statuses = NOT_TO_DO | {"administrator": 302}
DISPUTES: Statuses = NOT_TO_DO | {"supplier": 200}
DECIDES_RELIEF: Statuses = NOT_TO_DO | {"contract_manager": 200}
DEFINES: Statuses = NOT_TO_DO | dict.fromkeys(("contract_manager", "administrator"), 200)
READS_AUDIT: Statuses = dict.fromkeys(FREE, 403) | NOBODY | {"administrator": 200, "contract_manager": 200}
OF_THE_ADMINISTRATOR: Statuses = dict.fromkeys(FREE, 403) | NOBODY | {"administrator": 200}

# Questions are the Board's: the supplier sees those it is to answer. Asking is for members, minuting for who minutes.
OF_A_QUESTION: Statuses = OF_THE_CONTRACT | {"supplier": 404}
ASKS: Statuses = NOT_TO_DO | {"board_member": 200}
MINUTES: Statuses = NOT_TO_DO | {"supplier": 404} | dict.fromkeys(("clerk", "contract_manager"), 200)
NOT_YOUR_QUESTION: Statuses = NOT_TO_DO | {"supplier": 404}

# The months of a contract: for those who enter, verify or look after everything.
OF_THE_RETURNS: Statuses = OF_THE_CONTRACT | dict.fromkeys(("clerk", "board_member", "project_manager"), 404)
BACK_TO_THE_MONTH: Statuses = {who: 302 if status == 200 else status for who, status in OF_THE_RETURNS.items()}
# Only the contract manager decides, and not without saying what.
DECIDES: Statuses = {who: 403 if status == 200 else status for who, status in OF_THE_RETURNS.items()} | {
    "contract_manager": 422
}
# What is typed into an area's month: its officers and the supplier's people enter, officers submit, some may look.
CHECKS: Statuses = OF_THE_RETURNS | {"contract_manager": 403}
ENTERS: Statuses = OF_THE_RETURNS | dict.fromkeys(("contract_manager", "administrator"), 403)
SAVES: Statuses = ENTERS | dict.fromkeys(("officer", "supplier"), 302)
# Files nobody submitted yet are the area's own; an empty form adds nothing.
OF_THE_DESK: Statuses = OF_THE_RETURNS | {"contract_manager": 404}
REMOVES: Statuses = OF_THE_DESK | {"administrator": 403}
ADDS: Statuses = ENTERS | dict.fromkeys(("officer", "supplier"), 422)
ADDS_TO_RELIEF: Statuses = (
    OF_THE_RETURNS | dict.fromkeys(("officer", "supplier", "contract_manager"), 422) | {"administrator": 403}
)
REMOVES_OWN: Statuses = OF_THE_RETURNS | dict.fromkeys(("supplier", "contract_manager", "administrator"), 403)
UPLOADS: Statuses = ENTERS | dict.fromkeys(("officer", "supplier"), 422)
# A closed month takes no figures: its page says so.
NO_MORE: Statuses = SAVES
SUBMITS: Statuses = ENTERS | {"supplier": 403, "officer": 409}
