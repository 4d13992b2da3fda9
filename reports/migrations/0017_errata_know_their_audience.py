from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("kpis", "0007_count_area_months"),
        ("reports", "0014_board_settings"),
    ]

    operations = [
        migrations.AddField(
            model_name="erratum",
            name="audience",
            field=models.CharField(
                choices=[("public", "public"), ("exempt", "exempt: not for publication")],
                default="public",
                max_length=6,
            ),
        ),
        migrations.AddConstraint(
            model_name="erratum",
            constraint=models.CheckConstraint(
                condition=models.Q(("audience__in", ["public", "exempt"])),
                name="erratum_audience_is_known",
                violation_error_message="An erratum is public or exempt.",
            ),
        ),
    ]
