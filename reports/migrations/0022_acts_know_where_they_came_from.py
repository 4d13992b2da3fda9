"""Acts on papers and edited files know where they came from; templates and provisional months keep a history."""

import contracts.fields
import contracts.origin
import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models

from contracts.together import Together


class Migration(migrations.Migration):
    dependencies = [
        ("contracts", "0012_audit_keeps_more"),
        ("reports", "0021_typed_words_that_may_need_correcting"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together(
            [
                migrations.CreateModel(
                    name="ActOrigin",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
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
                    ],
                    options={
                        "ordering": ["pk"],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalPaperTemplate",
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
                        ("name", models.CharField(max_length=200, verbose_name="file name")),
                        ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                        ("uploaded_at", models.DateTimeField(verbose_name="uploaded at")),
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
                        "verbose_name": "historical paper template",
                        "verbose_name_plural": "historical paper templates",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalPublishableMonth",
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
                        ("month", contracts.fields.MonthField(verbose_name="month")),
                        ("reason", models.TextField(verbose_name="why it does not wait to be verified")),
                        ("declared_at", models.DateTimeField(verbose_name="declared at")),
                        ("withdrawn_at", models.DateTimeField(blank=True, null=True, verbose_name="withdrawn at")),
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
                        "verbose_name": "historical publishable month",
                        "verbose_name_plural": "historical publishable months",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.AddField(
                    model_name="actorigin",
                    name="act",
                    field=models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="origin",
                        to="reports.paperact",
                    ),
                ),
                migrations.AddField(
                    model_name="actorigin",
                    name="upload",
                    field=models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="origin",
                        to="reports.uploadededition",
                    ),
                ),
                migrations.AddField(
                    model_name="historicalpapertemplate",
                    name="board",
                    field=models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="reports.board",
                    ),
                ),
                migrations.AddField(
                    model_name="historicalpapertemplate",
                    name="history_user",
                    field=models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddField(
                    model_name="historicalpapertemplate",
                    name="uploaded_by",
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
                    model_name="historicalpublishablemonth",
                    name="contract",
                    field=models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="contracts.contract",
                    ),
                ),
                migrations.AddField(
                    model_name="historicalpublishablemonth",
                    name="declared_by",
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
                    model_name="historicalpublishablemonth",
                    name="history_user",
                    field=models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddField(
                    model_name="historicalpublishablemonth",
                    name="withdrawn_by",
                    field=models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddConstraint(
                    model_name="actorigin",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("act__isnull", False), ("upload__isnull", True)),
                            models.Q(("act__isnull", True), ("upload__isnull", False)),
                            _connector="OR",
                        ),
                        name="act_origin_is_of_one_act",
                        violation_error_message="It says of one act, or of one file, where it came from.",
                    ),
                ),
            ]
        ),
    ]
