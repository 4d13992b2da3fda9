from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reports", "0017_errata_know_their_audience")]

    operations = [
        migrations.AddField(
            model_name="paper",
            name="last_correction",
            field=models.PositiveBigIntegerField(
                blank=True, null=True, verbose_name="latest correction that its figures hold"
            ),
        ),
    ]
