import contracts.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("contracts", "0007_operational_report_days"),
        ("reports", "0003_workbook_uploads"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="paper",
            name="paper_kind_is_known",
        ),
        migrations.RemoveConstraint(
            model_name="paperrun",
            name="paper_run_kind_is_known",
        ),
        migrations.AddField(
            model_name="paper",
            name="month",
            field=contracts.fields.MonthField(blank=True, null=True, verbose_name="month"),
        ),
        migrations.AddField(
            model_name="paperrun",
            name="month",
            field=contracts.fields.MonthField(blank=True, null=True, verbose_name="month"),
        ),
        migrations.AlterField(
            model_name="paper",
            name="kind",
            field=models.CharField(
                choices=[
                    ("report", "exception report"),
                    ("addendum", "addendum"),
                    ("projects", "projects paper"),
                    ("operational", "operational project report"),
                ],
                default="report",
                max_length=12,
            ),
        ),
        migrations.AlterField(
            model_name="paper",
            name="meeting",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="papers",
                to="reports.meeting",
            ),
        ),
        migrations.AlterField(
            model_name="paperrun",
            name="kind",
            field=models.CharField(
                choices=[
                    ("report", "exception report"),
                    ("addendum", "addendum"),
                    ("projects", "projects paper"),
                    ("operational", "operational project report"),
                ],
                default="report",
                max_length=12,
            ),
        ),
        migrations.AlterField(
            model_name="paperrun",
            name="meeting",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="paper_runs",
                to="reports.meeting",
            ),
        ),
        migrations.AddConstraint(
            model_name="paper",
            constraint=models.UniqueConstraint(
                fields=("contract", "month", "kind", "revision"),
                name="paper_once_per_month",
                violation_error_message="This month’s report was already written.",
            ),
        ),
        migrations.AddConstraint(
            model_name="paper",
            constraint=models.CheckConstraint(
                condition=models.Q(("month__isnull", True), ("month__day", 1), _connector="OR"),
                name="paper_month_is_a_month",
                violation_error_message="A month is kept as the date of its first day.",
            ),
        ),
        migrations.AddConstraint(
            model_name="paper",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "operational"), ("meeting__isnull", True), ("month__isnull", False)),
                    models.Q(
                        models.Q(("kind", "operational"), _negated=True),
                        ("meeting__isnull", False),
                        ("month__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="paper_is_for_a_meeting_or_a_month",
                violation_error_message="An operational report is for a month, every other paper for a meeting.",
            ),
        ),
        migrations.AddConstraint(
            model_name="paper",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["report", "addendum", "projects", "operational"])),
                name="paper_kind_is_known",
                violation_error_message="A paper is a report, an addendum, a projects paper or an operational project report.",
            ),
        ),
        migrations.AddConstraint(
            model_name="paperrun",
            constraint=models.UniqueConstraint(
                fields=("contract", "month", "kind", "revision"),
                name="paper_run_once_per_month",
                violation_error_message="This month’s report is already being written.",
            ),
        ),
        migrations.AddConstraint(
            model_name="paperrun",
            constraint=models.CheckConstraint(
                condition=models.Q(("month__isnull", True), ("month__day", 1), _connector="OR"),
                name="paper_run_month_is_a_month",
                violation_error_message="A month is kept as the date of its first day.",
            ),
        ),
        migrations.AddConstraint(
            model_name="paperrun",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "operational"), ("meeting__isnull", True), ("month__isnull", False)),
                    models.Q(
                        models.Q(("kind", "operational"), _negated=True),
                        ("meeting__isnull", False),
                        ("month__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="paper_run_is_for_a_meeting_or_a_month",
                violation_error_message="An operational report is for a month, every other paper for a meeting.",
            ),
        ),
        migrations.AddConstraint(
            model_name="paperrun",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["report", "addendum", "projects", "operational"])),
                name="paper_run_kind_is_known",
                violation_error_message="A paper is a report, an addendum, a projects paper or an operational project report.",
            ),
        ),
    ]
