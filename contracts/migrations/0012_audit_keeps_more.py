"""Accesses of more kinds; which e-mails somebody turned off keeps a history."""

import contracts.origin
import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contracts", "0010_where_changes_came_from"),
    ]

    operations = [
        migrations.CreateModel(
            name="HistoricalMutedKind",
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
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("due soon", "a return is due soon"),
                            ("due today", "a return is due today"),
                            ("overdue", "a return is overdue"),
                            ("returned", "a return came back"),
                            ("verified", "a return was verified"),
                            ("reopened", "a month was reopened"),
                            ("relief asked", "relief was asked for"),
                            ("relief decided", "relief was decided"),
                            ("explanation awaited", "an explanation is awaited"),
                            ("corrected", "a verified figure was corrected"),
                            ("disputed", "a figure was disputed, or a dispute withdrawn"),
                            ("dispute answered", "a dispute was answered"),
                            ("question put", "a question is yours to answer"),
                            ("question answered", "a question you asked was answered"),
                            ("question withdrawn", "a question you were to answer was withdrawn"),
                            ("question minuted", "a question you own was minuted at a meeting"),
                            ("nominated", "a project was nominated"),
                            ("nomination answered", "a nomination was answered"),
                            ("key list put", "a key list was put to a meeting"),
                            ("update due", "a project’s update is due"),
                            ("project silent", "a project is silent"),
                            ("paper to sign", "a draft is ready for sign-off"),
                            ("paper handed over", "a paper was handed to the clerk"),
                            ("paper published", "a paper was published"),
                            ("paper withdrawn", "a paper was withdrawn"),
                            ("errata found", "a correction moved numbers in a paper"),
                            ("request assigned", "a request of the Board is yours"),
                            ("request due", "a request of the Board is due soon"),
                            ("meeting changed", "a meeting was moved or cancelled"),
                        ],
                        max_length=24,
                    ),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.TextField(null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
            ],
            options={
                "verbose_name": "historical muted kind",
                "verbose_name_plural": "historical muted kinds",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.RemoveConstraint(
            model_name="access",
            name="access_kind_is_known",
        ),
        migrations.AlterField(
            model_name="access",
            name="kind",
            field=models.CharField(
                choices=[
                    ("signed in", "signed in"),
                    ("refused", "sign-in refused"),
                    ("signed out", "signed out"),
                    ("account", "changed how they sign in"),
                    ("exempt", "opened what is not for publication"),
                    ("audit", "took the audit away as a file"),
                    ("asked", "had the machine do something"),
                ],
                max_length=12,
            ),
        ),
        migrations.AddConstraint(
            model_name="access",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind__in", ["signed in", "refused", "signed out", "account", "exempt", "audit", "asked"])
                ),
                name="access_kind_is_known",
                violation_error_message="Somebody signed in or out, was refused, opened something, or had something done.",
            ),
        ),
        migrations.AddField(
            model_name="historicalmutedkind",
            name="history_user",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="historicalmutedkind",
            name="person",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
    ]
