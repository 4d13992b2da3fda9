import contracts.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("contracts", "0008_paper_messages"),
        ("kpis", "0007_count_area_months"),
        ("reports", "0009_frozen_papers"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CheckedCorrection",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("checked_at", models.DateTimeField(verbose_name="checked at")),
            ],
            options={
                "ordering": ["correction", "paper"],
            },
        ),
        migrations.CreateModel(
            name="Erratum",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveIntegerField(verbose_name="order in which the numbers stand in the paper")),
                ("place", models.CharField(max_length=300, verbose_name="where it stands")),
                ("printed", models.TextField(verbose_name="as printed")),
                ("should_read", models.TextField(verbose_name="should read")),
                ("because", models.TextField(verbose_name="because")),
                ("found_at", models.DateTimeField(verbose_name="found at")),
            ],
            options={
                "verbose_name_plural": "errata",
                "ordering": ["paper", "correction", "position", "pk"],
            },
        ),
        migrations.CreateModel(
            name="PublishableMonth",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("month", contracts.fields.MonthField(verbose_name="month")),
                ("reason", models.TextField(verbose_name="why it does not wait to be verified")),
                ("declared_at", models.DateTimeField(verbose_name="declared at")),
            ],
            options={
                "ordering": ["contract", "month"],
            },
        ),
        migrations.AddField(
            model_name="checkedcorrection",
            name="correction",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="checked_papers", to="kpis.correction"
            ),
        ),
        migrations.AddField(
            model_name="checkedcorrection",
            name="paper",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="checked_corrections", to="reports.paper"
            ),
        ),
        migrations.AddField(
            model_name="erratum",
            name="correction",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="errata", to="kpis.correction"
            ),
        ),
        migrations.AddField(
            model_name="erratum",
            name="paper",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="errata", to="reports.paper"
            ),
        ),
        migrations.AddField(
            model_name="publishablemonth",
            name="contract",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="publishable_months", to="contracts.contract"
            ),
        ),
        migrations.AddField(
            model_name="publishablemonth",
            name="declared_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddConstraint(
            model_name="checkedcorrection",
            constraint=models.UniqueConstraint(
                fields=("correction", "paper"),
                name="correction_checked_once_per_paper",
                violation_error_message="This correction was looked at already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="erratum",
            constraint=models.UniqueConstraint(
                fields=("paper", "correction", "place"),
                name="erratum_once_per_place_and_correction",
                violation_error_message="This erratum is recorded already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="erratum",
            constraint=models.CheckConstraint(
                condition=models.Q(("place", ""), _negated=True),
                name="erratum_names_its_place",
                violation_error_message="Say where the number stands.",
            ),
        ),
        migrations.AddConstraint(
            model_name="publishablemonth",
            constraint=models.UniqueConstraint(
                fields=("contract", "month"),
                name="publishable_month_once",
                violation_error_message="This month is declared publishable already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="publishablemonth",
            constraint=models.CheckConstraint(
                condition=models.Q(("month__isnull", True), ("month__day", 1), _connector="OR"),
                name="publishable_month_is_a_month",
                violation_error_message="A month is kept as the date of its first day.",
            ),
        ),
        migrations.AddConstraint(
            model_name="publishablemonth",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True),
                name="publishable_month_gives_a_reason",
                violation_error_message="Say why the month does not wait to be verified.",
            ),
        ),
    ]
