from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("projects", "0004_carry_forecasts_over")]

    operations = [
        migrations.RemoveField(model_name="historicalmilestone", name="forecast_on"),
        migrations.RemoveField(model_name="milestone", name="forecast_on"),
    ]
