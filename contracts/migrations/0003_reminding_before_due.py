from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("contracts", "0002_messages_and_deputies")]

    operations = [
        migrations.AddField(
            model_name="contract",
            name="remind_working_days",
            field=models.PositiveSmallIntegerField(
                default=2, verbose_name="working days before data is due at which officers are reminded"
            ),
        ),
        migrations.AddField(
            model_name="historicalcontract",
            name="remind_working_days",
            field=models.PositiveSmallIntegerField(
                default=2, verbose_name="working days before data is due at which officers are reminded"
            ),
        ),
    ]
