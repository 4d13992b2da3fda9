"""The migration that turned a milestone's forecast column into rows keeps what the column said."""

from datetime import date

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

BEFORE = [("projects", "0003_milestone_forecasts")]
AFTER = [("projects", "0004_carry_forecasts_over")]


@pytest.mark.django_db(transaction=True)
def test_what_the_column_said_becomes_the_first_forecast_and_goes_back() -> None:
    executor = MigrationExecutor(connection)
    latest = executor.loader.graph.leaf_nodes()
    try:
        old = executor.migrate(BEFORE).apps
        contract = old.get_model("contracts", "Contract").objects.create(
            reference="TST", title="T", authority="A", supplier="S", commences_on=date(2017, 1, 1)
        )
        project = old.get_model("projects", "Project").objects.create(
            contract=contract, reference="P1", title="P", stage="in flight"
        )
        steps = old.get_model("projects", "Milestone").objects
        told = steps.create(project=project, title="Pilot", forecast_on=date(2018, 4, 1))
        steps.create(project=project, title="Move")
        executor = MigrationExecutor(connection)
        new = executor.migrate(AFTER).apps
        rows = new.get_model("projects", "MilestoneForecast").objects
        assert list(rows.values_list("milestone", "forecast_on", "said_on")) == [(told.pk, date(2018, 4, 1), None)]
        assert new.get_model("projects", "HistoricalMilestoneForecast").objects.count() == 1
        rows.create(milestone_id=told.pk, forecast_on=date(2018, 5, 1), said_on=date(2018, 3, 1))
        executor = MigrationExecutor(connection)
        back = executor.migrate(BEFORE).apps
        assert back.get_model("projects", "Milestone").objects.get(pk=told.pk).forecast_on == date(2018, 5, 1)
    finally:
        MigrationExecutor(connection).migrate(latest)
