"""Whatever is posted: what was first planned, what was said before and the rating by the original date stay."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contracts.models import Contract
from projects.checks import breaches
from projects.models import Milestone, MilestoneForecast, Project, Update, UpdateIsFinal
from projects.queries.portfolio import load_portfolio, thresholds_of
from projects.queries.updating import latest_update
from projects.rules.confidence import Confidence, computed_confidence
from projects.rules.updating import MilestoneSaid, UpdateSaid
from projects.services.refusals import ProjectRefused
from projects.services.updates import UpdateOvertaken, post_update
from tests import builders
from tests.people import Cast

TODAY = date(2018, 3, 14)
DAYS = st.dates(date(2017, 9, 1), date(2019, 1, 1)) | st.none()
WORDS = st.sampled_from(["", "Tested.", "Not known yet"])


@st.composite
def updates(draw: st.DrawFn) -> UpdateSaid:
    return UpdateSaid(
        confidence=draw(st.sampled_from(Confidence) | st.none()),
        forecast_finish=draw(DAYS),
        returns_to_green_on=draw(DAYS),
        is_green_unknown=draw(st.booleans()),
        milestones=tuple(MilestoneSaid(title, draw(DAYS), draw(DAYS)) for title in ("Pilot", "Move")),
        **{name: draw(WORDS) for name in ("done", "next", "delay_cause", "delay_party", "cost_effect", "knock_on")},
    )


def post(project: Project, said: UpdateSaid, cast: Cast, on: date) -> bool:
    latest = latest_update(project, on)
    try:
        with transaction.atomic():
            post_update(
                project=project,
                by=cast.project_manager,
                on=on,
                at=datetime(2018, 3, 14, 10, tzinfo=UTC),
                copied_from=latest.pk if latest else None,
                said=said,
            )
    except ProjectRefused:
        return False
    return True


def originals(project: Project) -> list[object]:
    row = Project.objects.values_list("original_start", "original_finish", "stage", "manager").get(pk=project.pk)
    steps = Milestone.objects.filter(project=project).order_by("pk").values_list("title", "original_on", "agreed_on")
    return [row, *steps]


def on_record(project: Project) -> list[tuple[object, ...]]:
    return list(Update.objects.filter(project=project).order_by("pk").values_list())


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(said=st.lists(updates(), min_size=1, max_size=4))
def test_no_update_moves_an_original_date_an_earlier_update_or_what_the_rating_is_held_against(
    contract: Contract, cast: Cast, said: Sequence[UpdateSaid]
) -> None:
    with transaction.atomic():
        project = builders.project(contract)
        builders.update(project, date(2018, 2, 1), "amber", forecast_finish=date(2018, 4, 20))
        builders.milestone(project, "Pilot", original_on=date(2018, 2, 1), forecast_on=date(2018, 3, 1))
        builders.milestone(project, "Move", original_on=date(2018, 3, 20))
        first = originals(project)
        for number, each in enumerate(said):
            before, forecasts = on_record(project), list(MilestoneForecast.objects.order_by("pk").values_list())
            post(project, each, cast, TODAY + timedelta(days=number // 2))
            assert originals(project) == first
            assert on_record(project)[: len(before)] == before
            assert list(MilestoneForecast.objects.order_by("pk").values_list())[: len(forecasts)] == forecasts
            facts = load_portfolio(contract, TODAY + timedelta(days=9), "P001").projects[0]
            finish = facts.forecast_finish
            assert finish is not None
            assert facts.computed(thresholds_of(contract)) == computed_confidence(
                (finish - date(2018, 3, 30)).days, date(2018, 3, 30), finish, thresholds_of(contract)
            )
        transaction.set_rollback(True)


def test_a_posted_update_is_not_saved_again(contract: Contract) -> None:
    update = builders.update(builders.project(contract), TODAY)
    update.done = "Something else."
    with pytest.raises(UpdateIsFinal):
        update.save()


def test_the_database_refuses_to_change_a_posted_update(contract: Contract) -> None:
    update = builders.update(builders.project(contract), TODAY, done="Tested.")
    with pytest.raises(IntegrityError, match="update_is_final"), transaction.atomic():
        Update.objects.filter(pk=update.pk).update(done="Something else.")
    with pytest.raises(IntegrityError, match="update_is_final"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE projects_update SET confidence = 'red' WHERE id = %s", [update.pk])
    assert Update.objects.get().done == "Tested."


def test_who_names_no_update_where_there_is_one_is_shown_it(contract: Contract, cast: Cast) -> None:
    project = builders.project(contract)
    theirs = builders.update(project, TODAY, "green", posted_by=cast.officer)
    said = UpdateSaid(confidence=Confidence.GREEN, forecast_finish=date(2018, 3, 30), done="Mine.", next="More.")
    with pytest.raises(UpdateOvertaken) as refusal:
        post_update(
            project=project, by=cast.project_manager, on=TODAY, at=datetime(2018, 3, 14, tzinfo=UTC),
            copied_from=None, said=said,
        )  # fmt: skip
    assert refusal.value.latest == theirs


def test_what_is_known_on_a_day_is_the_latest_said_until_then(contract: Contract) -> None:
    step = builders.milestone(builders.project(contract), "Pilot", forecast_on=date(2018, 2, 1))
    builders.milestone_forecast(step, date(2018, 5, 1), date(2018, 3, 10))
    builders.milestone_forecast(step, date(2018, 4, 1), date(2018, 2, 10))
    for day, expected in ((9, date(2018, 2, 1)), (10, date(2018, 4, 1))):
        facts = load_portfolio(contract, date(2018, 2, day), "P001").projects[0]
        assert facts.milestones[0].forecast_on == expected
    latest = load_portfolio(contract, TODAY, "P001").projects[0].milestones[0]
    assert latest.forecast_on == date(2018, 5, 1)
    assert [each.said_on for each in latest.forecasts] == [None, date(2018, 2, 10), date(2018, 3, 10)]


def test_history_says_who_posted(contract: Contract, cast: Cast) -> None:
    project = builders.project(contract)
    said = UpdateSaid(confidence=Confidence.GREEN, forecast_finish=date(2018, 3, 30), done="Tested.", next="Move.")
    assert post(project, said, cast, TODAY)
    assert Update.objects.get().history.get().history_user == cast.project_manager


def test_a_forecast_from_an_update_of_another_project_is_a_breach(contract: Contract) -> None:
    step = builders.milestone(builders.project(contract), "Pilot")
    stray = builders.update(builders.project(contract, "P002"), TODAY)
    builders.milestone_forecast(step, TODAY, TODAY, update=stray)
    said = "TST: a forecast of P001: Pilot comes from an update of another project"
    assert said in list(breaches(contract))
