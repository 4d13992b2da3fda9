"""What the column said of a milestone becomes its first forecast; on which day it was said nobody knows."""

from typing import Any

from django.db import migrations
from django.utils import timezone


def carry_over(apps: Any, schema_editor: Any) -> None:
    milestones = apps.get_model("projects", "Milestone").objects.filter(forecast_on__isnull=False)
    forecasts = apps.get_model("projects", "MilestoneForecast").objects
    history = apps.get_model("projects", "HistoricalMilestoneForecast").objects
    for pk, forecast_on in milestones.order_by("pk").values_list("pk", "forecast_on"):
        row = forecasts.create(milestone_id=pk, forecast_on=forecast_on)
        history.create(
            id=row.pk,
            milestone_id=pk,
            forecast_on=forecast_on,
            history_date=timezone.now(),
            history_type="+",
            history_change_reason="carried over from the milestone",
        )


def carry_back(apps: Any, schema_editor: Any) -> None:
    milestones = apps.get_model("projects", "Milestone").objects
    forecasts = apps.get_model("projects", "MilestoneForecast").objects.order_by("said_on", "pk")
    undated = dict(forecasts.filter(said_on=None).values_list("milestone_id", "forecast_on"))
    dated = dict(forecasts.exclude(said_on=None).values_list("milestone_id", "forecast_on"))
    for pk, forecast_on in {**undated, **dated}.items():
        milestones.filter(pk=pk).update(forecast_on=forecast_on)


class Migration(migrations.Migration):
    dependencies = [("projects", "0003_milestone_forecasts")]

    operations = [migrations.RunPython(carry_over, carry_back)]
