import datetime
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("contracts", "0003_messages_and_deputies"),
        ("projects", "0006_updates_are_final"),
    ]

    operations = [
        migrations.CreateModel(
            name="RegisterRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("from_on", models.DateField(verbose_name="holds from")),
                ("until_on", models.DateField(default=datetime.date(9999, 12, 31), verbose_name="holds until before")),
                ("green_days", models.PositiveSmallIntegerField(verbose_name="days until which it is green")),
                ("amber_months", models.PositiveSmallIntegerField(verbose_name="months until which it is amber")),
                ("reference", models.CharField(max_length=40, verbose_name="reference")),
                ("title", models.CharField(max_length=250, verbose_name="title")),
                ("kind", models.CharField(max_length=16, verbose_name="kind")),
                ("stage", models.CharField(max_length=12, verbose_name="stage")),
                ("scrutiny_area", models.CharField(blank=True, max_length=120, verbose_name="scrutiny area")),
                ("sponsor", models.CharField(blank=True, max_length=200, verbose_name="sponsor")),
                ("manager", models.CharField(blank=True, max_length=200, verbose_name="project manager")),
                ("declared", models.CharField(blank=True, max_length=5, verbose_name="declared confidence")),
                ("computed", models.CharField(blank=True, max_length=5, verbose_name="confidence by its dates")),
                ("original_finish", models.DateField(blank=True, null=True, verbose_name="original finish")),
                ("agreed_finish", models.DateField(blank=True, null=True, verbose_name="agreed finish")),
                ("forecast_finish", models.DateField(blank=True, null=True, verbose_name="forecast finish")),
                ("finish", models.DateField(blank=True, null=True, verbose_name="forecast or actual finish")),
                (
                    "days_late",
                    models.IntegerField(blank=True, null=True, verbose_name="days late against the original finish"),
                ),
                (
                    "days_late_agreed",
                    models.IntegerField(blank=True, null=True, verbose_name="days late against the agreed finish"),
                ),
                (
                    "percent_late",
                    models.DecimalField(
                        blank=True, decimal_places=1, max_digits=12, null=True, verbose_name="lateness in percent"
                    ),
                ),
                ("rebaselined", models.PositiveIntegerField(default=0, verbose_name="times re-baselined")),
                ("key_rank", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="key rank")),
                ("updated_on", models.DateField(blank=True, null=True, verbose_name="latest update")),
                (
                    "earliest_due_on",
                    models.DateField(blank=True, null=True, verbose_name="earliest unfinished milestone"),
                ),
                ("unanswered", models.PositiveSmallIntegerField(default=0, verbose_name="questions unanswered")),
                ("is_archived", models.BooleanField(default=False, verbose_name="archived")),
                ("is_illustrative", models.BooleanField(default=False, verbose_name="illustrative")),
                ("reference_order", models.BinaryField()),
                ("title_order", models.BinaryField()),
                ("scrutiny_order", models.BinaryField(null=True)),
                ("sponsor_order", models.BinaryField(null=True)),
                ("manager_order", models.BinaryField(null=True)),
                ("stage_order", models.PositiveSmallIntegerField()),
                ("declared_order", models.PositiveSmallIntegerField(null=True)),
                ("computed_order", models.PositiveSmallIntegerField(null=True)),
                ("words", models.TextField(verbose_name="words")),
                ("sponsor_words", models.TextField(blank=True, verbose_name="words of the sponsor")),
                (
                    "contract",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="register_rows",
                        to="contracts.contract",
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="register_rows", to="projects.project"
                    ),
                ),
                (
                    "service_area",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="register_rows",
                        to="contracts.servicearea",
                    ),
                ),
            ],
            options={
                "ordering": ["contract", "reference_order", "pk"],
                "indexes": [
                    models.Index(fields=["contract", "is_archived", "reference_order"], name="register_by_reference")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("project", "from_on"),
                        name="register_row_once_per_project_and_day",
                        violation_error_message="The register already has a row of this project from that day on.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("until_on__gt", models.F("from_on"))),
                        name="register_row_ends_after_it_begins",
                        violation_error_message="A row of the register holds for a day at least.",
                    ),
                ],
            },
        ),
    ]
