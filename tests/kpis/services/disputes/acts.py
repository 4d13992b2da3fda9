"""Acts about disputes, each with everything said that it needs, so that a test says only what it is about."""

from datetime import UTC, datetime
from typing import Any

from kpis.models import Dispute, Result
from kpis.services.disputes import answer_dispute, raise_dispute, withdraw_dispute
from tests.people import Cast

AT = datetime(2018, 3, 14, 10, 30, tzinfo=UTC)


def raised(result: Result, cast: Cast, **changes: Any) -> Dispute:
    given = {
        "version": result.version, "note": "Miscounted.", "claimed": "81%", "by": cast.supplier, "at": AT, **changes,
    }  # fmt: skip
    return raise_dispute(result=result, **given)


def answered(dispute: Dispute, cast: Cast, **changes: Any) -> Dispute:
    given = {
        "version": dispute.version, "is_upheld": False, "answer": "The log says 79.", "by": cast.contract_manager,
        "at": AT, **changes,
    }  # fmt: skip
    return answer_dispute(dispute=dispute, **given)


def withdrawn(dispute: Dispute, cast: Cast, **changes: Any) -> Dispute:
    return withdraw_dispute(dispute=dispute, **{"version": dispute.version, "by": cast.supplier, "at": AT, **changes})
