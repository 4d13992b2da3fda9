"""People write appendices for the exempt part of a paper; each gives its paragraph and the public interest."""

import contracts.origin
import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models

from contracts.together import Together


class Migration(migrations.Migration):
    dependencies = [
        ("reports", "0019_where_changes_came_from"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together(
            [
                migrations.CreateModel(
                    name="ExemptAppendix",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "position",
                            models.PositiveSmallIntegerField(verbose_name="place among the exempt appendices"),
                        ),
                        ("title", models.CharField(max_length=200, verbose_name="title")),
                        ("text", models.TextField(verbose_name="text")),
                        ("paragraph", models.PositiveSmallIntegerField(verbose_name="paragraph of Schedule 12A")),
                        (
                            "public_interest",
                            models.TextField(verbose_name="why the public interest is in withholding it"),
                        ),
                    ],
                    options={
                        "verbose_name_plural": "exempt appendices",
                        "ordering": ["narrative", "position"],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalExemptAppendix",
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
                            models.PositiveSmallIntegerField(verbose_name="place among the exempt appendices"),
                        ),
                        ("title", models.CharField(max_length=200, verbose_name="title")),
                        ("text", models.TextField(verbose_name="text")),
                        ("paragraph", models.PositiveSmallIntegerField(verbose_name="paragraph of Schedule 12A")),
                        (
                            "public_interest",
                            models.TextField(verbose_name="why the public interest is in withholding it"),
                        ),
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
                        "verbose_name": "historical exempt appendix",
                        "verbose_name_plural": "historical exempt appendices",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.AddField(
                    model_name="exemptappendix",
                    name="narrative",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="exempt_appendices",
                        to="reports.narrative",
                    ),
                ),
                migrations.AddField(
                    model_name="historicalexemptappendix",
                    name="history_user",
                    field=models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddField(
                    model_name="historicalexemptappendix",
                    name="narrative",
                    field=models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="reports.narrative",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="exemptappendix",
                    constraint=models.UniqueConstraint(
                        fields=("narrative", "position"),
                        name="exempt_appendix_once_per_place",
                        violation_error_message="Another exempt appendix stands in this place.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="exemptappendix",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("paragraph__gte", 1), ("paragraph__lte", 7)),
                        name="exempt_appendix_names_a_paragraph",
                        violation_error_message="Part 1 of Schedule 12A has the paragraphs 1 to 7.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="exemptappendix",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("title", ""), _negated=True), models.Q(("text", ""), _negated=True)
                        ),
                        name="exempt_appendix_says_something",
                        violation_error_message="Give the appendix its title and its text, or remove it.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="exemptappendix",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("public_interest", ""), _negated=True),
                        name="exempt_appendix_gives_the_public_interest",
                        violation_error_message="Say why withholding it serves the public better than publishing it.",
                    ),
                ),
                migrations.AddIndex(
                    model_name="historicalexemptappendix",
                    index=models.Index(fields=["-history_date", "-history_id"], name="hist_exemptappendix"),
                ),
            ]
        ),
    ]
