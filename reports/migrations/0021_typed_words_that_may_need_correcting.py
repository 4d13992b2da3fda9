"""Sentences in issued papers whose numbers a correction moved wait for the contract manager to word what they should say."""

import contracts.origin
import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models

from contracts.together import Together


class Migration(migrations.Migration):
    dependencies = [
        ("kpis", "0008_where_changes_came_from"),
        ("reports", "0020_exempt_appendices"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together(
            [
                migrations.CreateModel(
                    name="HistoricalTypedWords",
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
                            "position",
                            models.PositiveIntegerField(verbose_name="order in which they stand in the paper"),
                        ),
                        ("place", models.CharField(max_length=300, verbose_name="where it stands")),
                        ("says", models.TextField(verbose_name="as printed")),
                        ("moved", models.TextField(verbose_name="which number of it moved")),
                        (
                            "audience",
                            models.CharField(
                                choices=[("public", "public"), ("exempt", "exempt: not for publication")],
                                default="public",
                                max_length=6,
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("waiting", "to be looked at"),
                                    ("worded", "should read otherwise"),
                                    ("stays", "stays as it is"),
                                ],
                                default="waiting",
                                max_length=8,
                            ),
                        ),
                        ("should_read", models.TextField(blank=True, verbose_name="should read")),
                        ("reason", models.TextField(blank=True, verbose_name="why it may stay")),
                        ("found_at", models.DateTimeField(verbose_name="found at")),
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
                        "verbose_name": "historical typed words",
                        "verbose_name_plural": "historical typed words",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="TypedWords",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "position",
                            models.PositiveIntegerField(verbose_name="order in which they stand in the paper"),
                        ),
                        ("place", models.CharField(max_length=300, verbose_name="where it stands")),
                        ("says", models.TextField(verbose_name="as printed")),
                        ("moved", models.TextField(verbose_name="which number of it moved")),
                        (
                            "audience",
                            models.CharField(
                                choices=[("public", "public"), ("exempt", "exempt: not for publication")],
                                default="public",
                                max_length=6,
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("waiting", "to be looked at"),
                                    ("worded", "should read otherwise"),
                                    ("stays", "stays as it is"),
                                ],
                                default="waiting",
                                max_length=8,
                            ),
                        ),
                        ("should_read", models.TextField(blank=True, verbose_name="should read")),
                        ("reason", models.TextField(blank=True, verbose_name="why it may stay")),
                        ("found_at", models.DateTimeField(verbose_name="found at")),
                    ],
                    options={
                        "verbose_name_plural": "typed words",
                        "ordering": ["paper", "correction", "position", "pk"],
                    },
                ),
                migrations.AddField(
                    model_name="historicaltypedwords",
                    name="correction",
                    field=models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="kpis.correction",
                    ),
                ),
                migrations.AddField(
                    model_name="historicaltypedwords",
                    name="erratum",
                    field=models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="reports.erratum",
                    ),
                ),
                migrations.AddField(
                    model_name="historicaltypedwords",
                    name="history_user",
                    field=models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddField(
                    model_name="historicaltypedwords",
                    name="paper",
                    field=models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="reports.paper",
                    ),
                ),
                migrations.AddField(
                    model_name="typedwords",
                    name="correction",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="typed_words", to="kpis.correction"
                    ),
                ),
                migrations.AddField(
                    model_name="typedwords",
                    name="erratum",
                    field=models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="typed_words",
                        to="reports.erratum",
                    ),
                ),
                migrations.AddField(
                    model_name="typedwords",
                    name="paper",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="typed_words", to="reports.paper"
                    ),
                ),
                migrations.AddIndex(
                    model_name="historicaltypedwords",
                    index=models.Index(fields=["-history_date", "-history_id"], name="hist_typedwords"),
                ),
                migrations.AddConstraint(
                    model_name="typedwords",
                    constraint=models.UniqueConstraint(
                        fields=("paper", "correction", "place"),
                        name="typed_words_once_per_place_and_correction",
                        violation_error_message="These words are put before somebody already.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="typedwords",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("place", ""), _negated=True), models.Q(("says", ""), _negated=True)
                        ),
                        name="typed_words_say_where_and_what",
                        violation_error_message="Say where the words stand, and what they say.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="typedwords",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("erratum__isnull", True), ("reason", ""), ("should_read", ""), ("state", "waiting")
                            ),
                            models.Q(
                                ("erratum__isnull", False),
                                ("reason", ""),
                                ("state", "worded"),
                                models.Q(("should_read", ""), _negated=True),
                            ),
                            models.Q(
                                ("erratum__isnull", True),
                                ("should_read", ""),
                                ("state", "stays"),
                                models.Q(("reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="typed_words_are_worded_or_stay_for_a_reason",
                        violation_error_message="Write what the words should say, or why they may stay.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="typedwords",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("audience__in", ["public", "exempt"])),
                        name="typed_words_audience_is_known",
                        violation_error_message="Words are public or exempt.",
                    ),
                ),
            ]
        ),
    ]
