"""What is typed into a return, and what is answered to its warnings, keeps a history too."""

import contracts.origin
import django.db.models.deletion
import django.utils.timezone
import simple_history.models
from django.conf import settings
from django.db import migrations, models

from contracts.together import Together


class Migration(migrations.Migration):
    dependencies = [
        ("contracts", "0012_audit_keeps_more"),
        ("kpis", "0008_where_changes_came_from"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together(
            [
                migrations.CreateModel(
                    name="HistoricalEntry",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        (
                            "history_address",
                            models.GenericIPAddressField(
                                default=contracts.origin.address, editable=False, null=True, verbose_name="from"
                            ),
                        ),
                        (
                            "history_request",
                            models.CharField(
                                default=contracts.origin.request_if_known,
                                editable=False,
                                max_length=64,
                                null=True,
                                verbose_name="request or task",
                            ),
                        ),
                        ("value", models.TextField(blank=True)),
                        ("numerator", models.TextField(blank=True)),
                        ("denominator", models.TextField(blank=True)),
                        ("not_measured_reason", models.TextField(blank=True)),
                        ("comment", models.TextField(blank=True)),
                        ("cause", models.TextField(blank=True)),
                        ("effect", models.TextField(blank=True)),
                        ("remedy", models.TextField(blank=True)),
                        ("recovery_month", models.TextField(blank=True)),
                        ("explanation_awaited_on", models.TextField(blank=True)),
                        (
                            "answers",
                            models.JSONField(blank=True, default=dict, verbose_name="answers to warnings, by warning"),
                        ),
                        ("version", models.PositiveIntegerField(default=1, editable=False)),
                        ("edited_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        ("history_change_reason", models.TextField(null=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical entry",
                        "verbose_name_plural": "historical entries",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalWarningAnswer",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        (
                            "history_address",
                            models.GenericIPAddressField(
                                default=contracts.origin.address, editable=False, null=True, verbose_name="from"
                            ),
                        ),
                        (
                            "history_request",
                            models.CharField(
                                default=contracts.origin.request_if_known,
                                editable=False,
                                max_length=64,
                                null=True,
                                verbose_name="request or task",
                            ),
                        ),
                        ("warning", models.CharField(max_length=40, verbose_name="which warning")),
                        ("said", models.TextField(verbose_name="what the warning said")),
                        ("answer", models.TextField(verbose_name="what the officer answered")),
                        ("answered_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        ("history_change_reason", models.TextField(null=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical warning answer",
                        "verbose_name_plural": "historical warning answers",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.AddField(
                    model_name="historicalentry",
                    name="area_return",
                    field=models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="kpis.return",
                    ),
                ),
                migrations.AddField(
                    model_name="historicalentry",
                    name="edited_by",
                    field=models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddField(
                    model_name="historicalentry",
                    name="history_user",
                    field=models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddField(
                    model_name="historicalentry",
                    name="kpi",
                    field=models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="kpis.kpi",
                    ),
                ),
                migrations.AddField(
                    model_name="historicalwarninganswer",
                    name="answered_by",
                    field=models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddField(
                    model_name="historicalwarninganswer",
                    name="history_user",
                    field=models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddField(
                    model_name="historicalwarninganswer",
                    name="result",
                    field=models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="kpis.result",
                    ),
                ),
            ]
        ),
    ]
