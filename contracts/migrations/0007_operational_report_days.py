import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("contracts", "0006_key_list_messages"),
    ]

    operations = [
        migrations.AddField(
            model_name="contract",
            name="operational_report_working_days",
            field=models.PositiveSmallIntegerField(
                default=5,
                help_text="Long enough for the month’s updates to come in; before the next month ends.",
                validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(20)],
                verbose_name="working days after month end until the operational project report is written",
            ),
        ),
        migrations.AddField(
            model_name="historicalcontract",
            name="operational_report_working_days",
            field=models.PositiveSmallIntegerField(
                default=5,
                help_text="Long enough for the month’s updates to come in; before the next month ends.",
                validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(20)],
                verbose_name="working days after month end until the operational project report is written",
            ),
        ),
        migrations.AddConstraint(
            model_name="contract",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("operational_report_working_days__gte", 1), ("operational_report_working_days__lte", 20)
                ),
                name="contract_operational_report_within_20_days",
                violation_error_message="The operational report is written 1 to 20 working days after its month.",
            ),
        ),
    ]
