"""The tables as they stand at first; an installation made before this one file took their place has them already."""

import contracts.fields
import datetime
import django.core.validators
import django.db.models.deletion
import simple_history.models
from decimal import Decimal
from django.conf import settings
from django.db import migrations, models

from contracts.together import Together


class Migration(migrations.Migration):
    initial = True

    replaces = [
        ("projects", "0001_initial"),
        ("projects", "0002_people_archive_dependencies"),
        ("projects", "0003_milestone_forecasts"),
        ("projects", "0004_carry_forecasts_over"),
        ("projects", "0005_drop_forecast_column"),
        ("projects", "0007_register_rows"),
        ("projects", "0008_key_governance"),
        ("projects", "0010_funding"),
    ]

    dependencies = [
        ("contracts", "0001_tables"),
    ]

    operations = [
        Together(
            [
                migrations.CreateModel(
                    name="Project",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "contract",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="projects",
                                to="contracts.contract",
                            ),
                        ),
                        ("reference", models.CharField(max_length=40, verbose_name="reference")),
                        ("title", models.CharField(max_length=250, verbose_name="title")),
                        (
                            "kind",
                            models.CharField(
                                choices=[("transformation", "transformation"), ("transactional", "transactional")],
                                default="transformation",
                                max_length=16,
                                verbose_name="kind",
                            ),
                        ),
                        (
                            "service_area",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="projects",
                                to="contracts.servicearea",
                            ),
                        ),
                        ("scrutiny_area", models.CharField(blank=True, max_length=120, verbose_name="scrutiny area")),
                        (
                            "stage",
                            models.CharField(
                                choices=[
                                    ("pipeline", "pipeline"),
                                    ("in flight", "in flight"),
                                    ("on hold", "on hold"),
                                    ("complete", "complete"),
                                    ("cancelled", "cancelled"),
                                ],
                                max_length=12,
                                verbose_name="stage",
                            ),
                        ),
                        ("sponsor", models.CharField(blank=True, max_length=200, verbose_name="sponsor")),
                        ("manager", models.CharField(blank=True, max_length=200, verbose_name="project manager")),
                        (
                            "manager_person",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="managed_projects",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="who posts its updates",
                            ),
                        ),
                        ("third_party", models.CharField(blank=True, max_length=250, verbose_name="third parties")),
                        ("original_start", models.DateField(blank=True, null=True, verbose_name="original start")),
                        ("original_finish", models.DateField(blank=True, null=True, verbose_name="original finish")),
                        ("actual_finish", models.DateField(blank=True, null=True, verbose_name="actual finish")),
                        (
                            "expected_commission_on",
                            models.DateField(blank=True, null=True, verbose_name="expected to be commissioned on"),
                        ),
                        (
                            "budget",
                            contracts.fields.MoneyField(
                                blank=True,
                                decimal_places=2,
                                max_digits=14,
                                null=True,
                                validators=[django.core.validators.MinValueValidator(Decimal("0"))],
                                verbose_name="budget",
                            ),
                        ),
                        (
                            "forecast_cost",
                            contracts.fields.MoneyField(
                                blank=True,
                                decimal_places=2,
                                max_digits=14,
                                null=True,
                                validators=[django.core.validators.MinValueValidator(Decimal("0"))],
                                verbose_name="forecast cost",
                            ),
                        ),
                        (
                            "spent_to_date",
                            contracts.fields.MoneyField(
                                blank=True,
                                decimal_places=2,
                                max_digits=14,
                                null=True,
                                validators=[django.core.validators.MinValueValidator(Decimal("0"))],
                                verbose_name="spent to date",
                            ),
                        ),
                        ("benefit", models.TextField(blank=True, verbose_name="expected benefit")),
                        (
                            "source",
                            models.CharField(
                                blank=True,
                                choices=[("", "entered"), ("published", "published"), ("illustrative", "illustrative")],
                                default="",
                                max_length=12,
                                verbose_name="source",
                            ),
                        ),
                        ("archived_on", models.DateField(blank=True, null=True, verbose_name="archived on")),
                        ("archived_reason", models.TextField(blank=True, verbose_name="reason for archiving")),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                    ],
                    options={
                        "ordering": ["contract", "reference"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("contract", "reference"),
                                name="project_reference_once_per_contract",
                                violation_error_message="This contract already has a project with that reference.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("original_start__isnull", True),
                                    ("original_finish__isnull", True),
                                    ("original_finish__gte", models.F("original_start")),
                                    _connector="OR",
                                ),
                                name="project_finishes_after_it_starts",
                                violation_error_message="The original finish cannot be before the original start.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("budget__isnull", True), ("budget__gte", 0), _connector="OR"),
                                    models.Q(
                                        ("forecast_cost__isnull", True), ("forecast_cost__gte", 0), _connector="OR"
                                    ),
                                    models.Q(
                                        ("spent_to_date__isnull", True), ("spent_to_date__gte", 0), _connector="OR"
                                    ),
                                ),
                                name="project_money_is_not_negative",
                                violation_error_message="Budget, forecast cost and money spent are not below zero.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("source__in", ["", "published", "illustrative"])),
                                name="project_source_is_known",
                                violation_error_message="A source is published or illustrative.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("stage__in", ["pipeline", "in flight", "on hold", "complete", "cancelled"])
                                ),
                                name="project_stage_is_known",
                                violation_error_message="A project is in the pipeline, in flight, on hold, complete or cancelled.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("kind__in", ["transformation", "transactional"])),
                                name="project_kind_is_known",
                                violation_error_message="A project is transformation or transactional.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("archived_on__isnull", True), ("archived_reason", "")),
                                    models.Q(
                                        ("archived_on__isnull", False), models.Q(("archived_reason", ""), _negated=True)
                                    ),
                                    _connector="OR",
                                ),
                                name="project_archived_with_a_reason",
                                violation_error_message="An archived project says since when and why.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Dependency",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "holder",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="held_up_by_it",
                                to="projects.project",
                            ),
                        ),
                        (
                            "held_up",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="what_holds_it_up",
                                to="projects.project",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[("holds up", "holds up"), ("displaces", "displaces")],
                                max_length=9,
                                verbose_name="kind",
                            ),
                        ),
                        ("note", models.CharField(blank=True, max_length=250, verbose_name="note")),
                    ],
                    options={
                        "verbose_name_plural": "dependencies",
                        "ordering": ["holder", "held_up", "kind"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("holder", "held_up", "kind"),
                                name="dependency_once_per_pair_and_kind",
                                violation_error_message="This dependency is already on record.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("holder", models.F("held_up")), _negated=True),
                                name="dependency_joins_two_projects",
                                violation_error_message="A project does not stand in its own way: choose another one.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("kind__in", ["holds up", "displaces"])),
                                name="dependency_kind_is_known",
                                violation_error_message="A project holds another up, or displaces it.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Funding",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "contract",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="funding",
                                to="contracts.contract",
                            ),
                        ),
                        ("begins_on", models.DateField(verbose_name="first day of the financial year")),
                        (
                            "amount",
                            models.DecimalField(
                                decimal_places=2,
                                max_digits=14,
                                validators=[django.core.validators.MinValueValidator(Decimal("0"))],
                                verbose_name="amount",
                            ),
                        ),
                        ("purpose", models.CharField(max_length=200, verbose_name="what it is for")),
                        ("agreed_on", models.DateField(blank=True, null=True, verbose_name="agreed on")),
                        ("agreed_by", models.CharField(blank=True, max_length=200, verbose_name="agreed by")),
                        (
                            "source",
                            models.CharField(
                                blank=True,
                                choices=[("", "entered"), ("published", "published"), ("illustrative", "illustrative")],
                                default="",
                                max_length=12,
                                verbose_name="source",
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                    ],
                    options={
                        "verbose_name": "yearly funding",
                        "verbose_name_plural": "yearly funding",
                        "ordering": ["contract", "begins_on", "purpose"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("contract", "begins_on", "purpose"),
                                name="funding_once_per_year_and_purpose",
                                violation_error_message="There is funding for that purpose in that year already.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("begins_on__day", 1), ("begins_on__month", 4)),
                                name="funding_year_begins_on_1_april",
                                violation_error_message="A financial year begins on 1 April.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("amount__gte", 0)),
                                name="funding_is_not_negative",
                                violation_error_message="Funding is not below zero.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("purpose", ""), _negated=True),
                                name="funding_says_what_it_is_for",
                                violation_error_message="Say what the money is for.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("source__in", ["", "published", "illustrative"])),
                                name="funding_source_is_known",
                                violation_error_message="A source is published or illustrative.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="KeyList",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "contract",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="key_lists",
                                to="contracts.contract",
                            ),
                        ),
                        ("size_reason", models.TextField(blank=True, verbose_name="why it is longer than agreed")),
                        (
                            "put_to_board_on",
                            models.DateField(blank=True, null=True, verbose_name="put to the meeting on"),
                        ),
                        ("board", models.CharField(blank=True, max_length=200, verbose_name="board")),
                        ("decided_on", models.DateField(blank=True, null=True, verbose_name="decided by the Board on")),
                        ("decision", models.TextField(blank=True, verbose_name="what the Board decided, in its words")),
                        (
                            "amendments",
                            models.TextField(blank=True, verbose_name="what the Board changed of the proposal"),
                        ),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="key_lists_recorded",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1, editable=False)),
                    ],
                    options={
                        "ordering": ["contract", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("decided_on__isnull", True)),
                                fields=("contract",),
                                name="key_list_has_one_proposal",
                                violation_error_message="This contract already has a proposal that the Board has not decided.",
                            ),
                            models.UniqueConstraint(
                                fields=("contract", "decided_on"),
                                name="key_list_decided_once_a_day",
                                violation_error_message="The Board already decided on this contract's key list that day.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="KeyEntry",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "key_list",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="entries",
                                to="projects.keylist",
                            ),
                        ),
                        (
                            "project",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="key_entries",
                                to="projects.project",
                            ),
                        ),
                        ("rank", models.PositiveSmallIntegerField(verbose_name="rank")),
                        ("rationale", models.TextField(verbose_name="rationale")),
                    ],
                    options={
                        "verbose_name_plural": "key entries",
                        "ordering": ["key_list", "rank"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("key_list", "project"),
                                name="key_entry_once_per_project",
                                violation_error_message="This project is already on the list.",
                            ),
                            models.UniqueConstraint(
                                fields=("key_list", "rank"),
                                name="key_entry_once_per_rank",
                                violation_error_message="Another project already holds that rank.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("rank__gte", 1)),
                                name="key_entry_rank_counts_from_1",
                                violation_error_message="Ranks count from 1.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("rationale", ""), _negated=True),
                                name="key_entry_has_a_rationale",
                                violation_error_message="Say why members should watch this project.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="KeyExit",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "key_list",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="exits", to="projects.keylist"
                            ),
                        ),
                        (
                            "project",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="key_exits",
                                to="projects.project",
                            ),
                        ),
                        ("reason", models.TextField(verbose_name="why it leaves")),
                    ],
                    options={
                        "ordering": ["key_list", "project"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("key_list", "project"),
                                name="key_exit_once_per_project",
                                violation_error_message="This list already says why the project leaves it.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("reason", ""), _negated=True),
                                name="key_exit_has_a_reason",
                                violation_error_message="Say why the project leaves the list.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Milestone",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "project",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="milestones",
                                to="projects.project",
                            ),
                        ),
                        ("title", models.CharField(max_length=200, verbose_name="title")),
                        ("original_on", models.DateField(blank=True, null=True, verbose_name="original date")),
                        ("agreed_on", models.DateField(blank=True, null=True, verbose_name="agreed date")),
                        ("actual_on", models.DateField(blank=True, null=True, verbose_name="actual date")),
                    ],
                    options={
                        "ordering": ["project", "original_on", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("project", "title"),
                                name="milestone_title_once_per_project",
                                violation_error_message="This project already has a milestone of that title.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Update",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "project",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="updates",
                                to="projects.project",
                            ),
                        ),
                        ("updated_on", models.DateField(blank=True, null=True, verbose_name="updated on")),
                        ("number", models.PositiveSmallIntegerField(default=1, verbose_name="number of that day")),
                        (
                            "confidence",
                            models.CharField(
                                blank=True,
                                choices=[("red", "red"), ("amber", "amber"), ("green", "green")],
                                max_length=5,
                                verbose_name="delivery confidence",
                            ),
                        ),
                        ("forecast_finish", models.DateField(blank=True, null=True, verbose_name="forecast finish")),
                        ("done", models.TextField(blank=True, verbose_name="done since the last update")),
                        ("next", models.TextField(blank=True, verbose_name="planned next")),
                        ("delay_cause", models.TextField(blank=True, verbose_name="cause of the delay")),
                        ("delay_party", models.CharField(blank=True, max_length=200, verbose_name="who caused it")),
                        ("cost_effect", models.TextField(blank=True, verbose_name="what it costs")),
                        ("knock_on", models.TextField(blank=True, verbose_name="what it holds up")),
                        (
                            "returns_to_green_on",
                            models.DateField(blank=True, null=True, verbose_name="returns to green on"),
                        ),
                        (
                            "is_green_unknown",
                            models.BooleanField(
                                default=False, verbose_name="when it returns to green is not known yet"
                            ),
                        ),
                        (
                            "posted_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="project_updates",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("posted_at", models.DateTimeField(blank=True, null=True, verbose_name="posted at")),
                    ],
                    options={
                        "ordering": ["project", "updated_on", "number", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("project", "updated_on", "number"),
                                name="update_once_per_project_day_and_number",
                                violation_error_message="This project already has an update of that day and number.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("number__gte", 1)),
                                name="update_number_counts_from_1",
                                violation_error_message="The updates of a day are counted from 1.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("is_green_unknown", False), ("returns_to_green_on__isnull", True), _connector="OR"
                                ),
                                name="update_returns_to_green_or_does_not_know",
                                violation_error_message="Give the day on which it returns to green, or say that it is not known yet.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("confidence__in", ["", "red", "amber", "green"])),
                                name="update_confidence_is_known",
                                violation_error_message="Delivery confidence is red, amber or green, or not given.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MilestoneForecast",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "milestone",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="forecasts",
                                to="projects.milestone",
                            ),
                        ),
                        (
                            "update",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="milestone_forecasts",
                                to="projects.update",
                            ),
                        ),
                        ("forecast_on", models.DateField(verbose_name="forecast date")),
                        ("said_on", models.DateField(blank=True, null=True, verbose_name="said on")),
                        (
                            "by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="milestone_forecasts",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["milestone", "said_on", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("milestone", "update"),
                                name="milestone_forecast_once_per_update",
                                violation_error_message="This update already says when that milestone is expected.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="NearMiss",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "key_list",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="near_misses",
                                to="projects.keylist",
                            ),
                        ),
                        (
                            "project",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="near_misses",
                                to="projects.project",
                            ),
                        ),
                        ("reason", models.TextField(verbose_name="why it was not chosen")),
                    ],
                    options={
                        "verbose_name_plural": "near misses",
                        "ordering": ["key_list", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("key_list", "project"),
                                name="near_miss_once_per_project",
                                violation_error_message="This list already says why the project is not on it.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("reason", ""), _negated=True),
                                name="near_miss_has_a_reason",
                                violation_error_message="Say why the project was considered and not chosen.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Nomination",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "project",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="nominations",
                                to="projects.project",
                            ),
                        ),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="nominations",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("scrutiny_area", models.CharField(max_length=120, verbose_name="scrutiny area")),
                        ("reason", models.TextField(verbose_name="why it should be a key project")),
                        ("nominated_at", models.DateTimeField(verbose_name="nominated at")),
                        (
                            "outcome",
                            models.CharField(
                                blank=True,
                                choices=[("", "not answered yet"), ("taken up", "taken up"), ("declined", "declined")],
                                default="",
                                max_length=8,
                                verbose_name="outcome",
                            ),
                        ),
                        (
                            "taken_up_in",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="nominations_taken_up",
                                to="projects.keylist",
                            ),
                        ),
                        ("answer", models.TextField(blank=True, verbose_name="why it was declined")),
                        (
                            "answered_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="nominations_answered",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("answered_on", models.DateField(blank=True, null=True, verbose_name="answered on")),
                    ],
                    options={
                        "ordering": ["-nominated_at", "-pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("outcome", "")),
                                fields=("project", "scrutiny_area"),
                                name="nomination_open_once_per_project_and_area",
                                violation_error_message="This project is already nominated for that scrutiny area.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("reason", ""), _negated=True),
                                name="nomination_has_a_reason",
                                violation_error_message="Say why members should watch this project.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("outcome__in", ["", "taken up", "declined"])),
                                name="nomination_outcome_is_known",
                                violation_error_message="A nomination is open, taken up or declined.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("outcome", "taken up"), ("taken_up_in__isnull", False)),
                                    models.Q(
                                        models.Q(("outcome", "taken up"), _negated=True), ("taken_up_in__isnull", True)
                                    ),
                                    _connector="OR",
                                ),
                                name="nomination_taken_up_names_the_list",
                                violation_error_message="A nomination that was taken up names the list it is on, and only such a one.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("outcome", "declined"), _negated=True),
                                    models.Q(("answer", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="nomination_is_declined_with_a_reason",
                                violation_error_message="Say why the nomination is declined: the member reads it.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("outcome", ""), ("answered_on__isnull", False), _connector="OR"),
                                name="nomination_is_answered_on_a_day",
                                violation_error_message="An answered nomination says when.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Rebaseline",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "project",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="rebaselines",
                                to="projects.project",
                            ),
                        ),
                        ("agreed_finish", models.DateField(verbose_name="agreed finish")),
                        ("agreed_on", models.DateField(blank=True, null=True, verbose_name="agreed on")),
                        ("agreed_by", models.CharField(blank=True, max_length=200, verbose_name="agreed by")),
                        ("reason", models.TextField(blank=True, verbose_name="reason")),
                    ],
                    options={
                        "ordering": ["project", "agreed_on", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="RegisterRow",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "project",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="register_rows",
                                to="projects.project",
                            ),
                        ),
                        (
                            "contract",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="register_rows",
                                to="contracts.contract",
                            ),
                        ),
                        ("from_on", models.DateField(verbose_name="holds from")),
                        (
                            "until_on",
                            models.DateField(default=datetime.date(9999, 12, 31), verbose_name="holds until before"),
                        ),
                        ("green_days", models.PositiveSmallIntegerField(verbose_name="days until which it is green")),
                        (
                            "amber_months",
                            models.PositiveSmallIntegerField(verbose_name="months until which it is amber"),
                        ),
                        ("reference", models.CharField(max_length=40, verbose_name="reference")),
                        ("title", models.CharField(max_length=250, verbose_name="title")),
                        ("kind", models.CharField(max_length=16, verbose_name="kind")),
                        ("stage", models.CharField(max_length=12, verbose_name="stage")),
                        ("scrutiny_area", models.CharField(blank=True, max_length=120, verbose_name="scrutiny area")),
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
                        ("sponsor", models.CharField(blank=True, max_length=200, verbose_name="sponsor")),
                        ("manager", models.CharField(blank=True, max_length=200, verbose_name="project manager")),
                        ("declared", models.CharField(blank=True, max_length=5, verbose_name="declared confidence")),
                        (
                            "computed",
                            models.CharField(blank=True, max_length=5, verbose_name="confidence by its dates"),
                        ),
                        ("original_finish", models.DateField(blank=True, null=True, verbose_name="original finish")),
                        ("agreed_finish", models.DateField(blank=True, null=True, verbose_name="agreed finish")),
                        ("forecast_finish", models.DateField(blank=True, null=True, verbose_name="forecast finish")),
                        ("finish", models.DateField(blank=True, null=True, verbose_name="forecast or actual finish")),
                        (
                            "days_late",
                            models.IntegerField(
                                blank=True, null=True, verbose_name="days late against the original finish"
                            ),
                        ),
                        (
                            "days_late_agreed",
                            models.IntegerField(
                                blank=True, null=True, verbose_name="days late against the agreed finish"
                            ),
                        ),
                        (
                            "percent_late",
                            models.DecimalField(
                                blank=True,
                                decimal_places=1,
                                max_digits=12,
                                null=True,
                                verbose_name="lateness in percent",
                            ),
                        ),
                        ("rebaselined", models.PositiveIntegerField(default=0, verbose_name="times re-baselined")),
                        ("key_rank", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="key rank")),
                        ("updated_on", models.DateField(blank=True, null=True, verbose_name="latest update")),
                        (
                            "earliest_due_on",
                            models.DateField(blank=True, null=True, verbose_name="earliest unfinished milestone"),
                        ),
                        (
                            "unanswered",
                            models.PositiveSmallIntegerField(default=0, verbose_name="questions unanswered"),
                        ),
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
                    ],
                    options={
                        "ordering": ["contract", "reference_order", "pk"],
                        "indexes": [
                            models.Index(
                                fields=["contract", "is_archived", "reference_order"], name="register_by_reference"
                            )
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
                migrations.CreateModel(
                    name="ScrutinyChair",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "contract",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="scrutiny_chairs",
                                to="contracts.contract",
                            ),
                        ),
                        ("scrutiny_area", models.CharField(max_length=120, verbose_name="scrutiny area")),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="scrutiny_chairs",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["contract", "scrutiny_area"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("contract", "scrutiny_area"),
                                name="scrutiny_chair_once_per_area",
                                violation_error_message="This scrutiny area already has a chair.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("scrutiny_area", ""), _negated=True),
                                name="scrutiny_chair_names_an_area",
                                violation_error_message="Say which scrutiny area is chaired.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalDependency",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        (
                            "kind",
                            models.CharField(
                                choices=[("holds up", "holds up"), ("displaces", "displaces")],
                                max_length=9,
                                verbose_name="kind",
                            ),
                        ),
                        ("note", models.CharField(blank=True, max_length=250, verbose_name="note")),
                        (
                            "holder",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="projects.project",
                            ),
                        ),
                        (
                            "held_up",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="projects.project",
                            ),
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
                        (
                            "history_user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical dependency",
                        "verbose_name_plural": "historical dependencies",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalFunding",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("begins_on", models.DateField(verbose_name="first day of the financial year")),
                        (
                            "amount",
                            models.DecimalField(
                                decimal_places=2,
                                max_digits=14,
                                validators=[django.core.validators.MinValueValidator(Decimal("0"))],
                                verbose_name="amount",
                            ),
                        ),
                        ("purpose", models.CharField(max_length=200, verbose_name="what it is for")),
                        ("agreed_on", models.DateField(blank=True, null=True, verbose_name="agreed on")),
                        ("agreed_by", models.CharField(blank=True, max_length=200, verbose_name="agreed by")),
                        (
                            "source",
                            models.CharField(
                                blank=True,
                                choices=[("", "entered"), ("published", "published"), ("illustrative", "illustrative")],
                                default="",
                                max_length=12,
                                verbose_name="source",
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        (
                            "contract",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="contracts.contract",
                            ),
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
                        (
                            "history_user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical yearly funding",
                        "verbose_name_plural": "historical yearly funding",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalKeyEntry",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("rank", models.PositiveSmallIntegerField(verbose_name="rank")),
                        ("rationale", models.TextField(verbose_name="rationale")),
                        (
                            "key_list",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="projects.keylist",
                            ),
                        ),
                        (
                            "project",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="projects.project",
                            ),
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
                        (
                            "history_user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical key entry",
                        "verbose_name_plural": "historical key entries",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalKeyExit",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("reason", models.TextField(verbose_name="why it leaves")),
                        (
                            "key_list",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="projects.keylist",
                            ),
                        ),
                        (
                            "project",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="projects.project",
                            ),
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
                        (
                            "history_user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical key exit",
                        "verbose_name_plural": "historical key exits",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalKeyList",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("size_reason", models.TextField(blank=True, verbose_name="why it is longer than agreed")),
                        (
                            "put_to_board_on",
                            models.DateField(blank=True, null=True, verbose_name="put to the meeting on"),
                        ),
                        ("board", models.CharField(blank=True, max_length=200, verbose_name="board")),
                        ("decided_on", models.DateField(blank=True, null=True, verbose_name="decided by the Board on")),
                        ("decision", models.TextField(blank=True, verbose_name="what the Board decided, in its words")),
                        (
                            "amendments",
                            models.TextField(blank=True, verbose_name="what the Board changed of the proposal"),
                        ),
                        ("version", models.PositiveIntegerField(default=1, editable=False)),
                        (
                            "contract",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="contracts.contract",
                            ),
                        ),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
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
                        (
                            "history_user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical key list",
                        "verbose_name_plural": "historical key lists",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalMilestone",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("title", models.CharField(max_length=200, verbose_name="title")),
                        ("original_on", models.DateField(blank=True, null=True, verbose_name="original date")),
                        ("agreed_on", models.DateField(blank=True, null=True, verbose_name="agreed date")),
                        ("actual_on", models.DateField(blank=True, null=True, verbose_name="actual date")),
                        (
                            "project",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="projects.project",
                            ),
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
                        (
                            "history_user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical milestone",
                        "verbose_name_plural": "historical milestones",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalMilestoneForecast",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("forecast_on", models.DateField(verbose_name="forecast date")),
                        ("said_on", models.DateField(blank=True, null=True, verbose_name="said on")),
                        (
                            "milestone",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="projects.milestone",
                            ),
                        ),
                        (
                            "update",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="projects.update",
                            ),
                        ),
                        (
                            "by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
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
                        (
                            "history_user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical milestone forecast",
                        "verbose_name_plural": "historical milestone forecasts",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalNearMiss",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("reason", models.TextField(verbose_name="why it was not chosen")),
                        (
                            "key_list",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="projects.keylist",
                            ),
                        ),
                        (
                            "project",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="projects.project",
                            ),
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
                        (
                            "history_user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical near miss",
                        "verbose_name_plural": "historical near misses",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalNomination",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("scrutiny_area", models.CharField(max_length=120, verbose_name="scrutiny area")),
                        ("reason", models.TextField(verbose_name="why it should be a key project")),
                        ("nominated_at", models.DateTimeField(verbose_name="nominated at")),
                        (
                            "outcome",
                            models.CharField(
                                blank=True,
                                choices=[("", "not answered yet"), ("taken up", "taken up"), ("declined", "declined")],
                                default="",
                                max_length=8,
                                verbose_name="outcome",
                            ),
                        ),
                        ("answer", models.TextField(blank=True, verbose_name="why it was declined")),
                        ("answered_on", models.DateField(blank=True, null=True, verbose_name="answered on")),
                        (
                            "project",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="projects.project",
                            ),
                        ),
                        (
                            "by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "taken_up_in",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="projects.keylist",
                            ),
                        ),
                        (
                            "answered_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
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
                        (
                            "history_user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical nomination",
                        "verbose_name_plural": "historical nominations",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalProject",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("reference", models.CharField(max_length=40, verbose_name="reference")),
                        ("title", models.CharField(max_length=250, verbose_name="title")),
                        (
                            "kind",
                            models.CharField(
                                choices=[("transformation", "transformation"), ("transactional", "transactional")],
                                default="transformation",
                                max_length=16,
                                verbose_name="kind",
                            ),
                        ),
                        ("scrutiny_area", models.CharField(blank=True, max_length=120, verbose_name="scrutiny area")),
                        (
                            "stage",
                            models.CharField(
                                choices=[
                                    ("pipeline", "pipeline"),
                                    ("in flight", "in flight"),
                                    ("on hold", "on hold"),
                                    ("complete", "complete"),
                                    ("cancelled", "cancelled"),
                                ],
                                max_length=12,
                                verbose_name="stage",
                            ),
                        ),
                        ("sponsor", models.CharField(blank=True, max_length=200, verbose_name="sponsor")),
                        ("manager", models.CharField(blank=True, max_length=200, verbose_name="project manager")),
                        ("third_party", models.CharField(blank=True, max_length=250, verbose_name="third parties")),
                        ("original_start", models.DateField(blank=True, null=True, verbose_name="original start")),
                        ("original_finish", models.DateField(blank=True, null=True, verbose_name="original finish")),
                        ("actual_finish", models.DateField(blank=True, null=True, verbose_name="actual finish")),
                        (
                            "expected_commission_on",
                            models.DateField(blank=True, null=True, verbose_name="expected to be commissioned on"),
                        ),
                        (
                            "budget",
                            contracts.fields.MoneyField(
                                blank=True,
                                decimal_places=2,
                                max_digits=14,
                                null=True,
                                validators=[django.core.validators.MinValueValidator(Decimal("0"))],
                                verbose_name="budget",
                            ),
                        ),
                        (
                            "forecast_cost",
                            contracts.fields.MoneyField(
                                blank=True,
                                decimal_places=2,
                                max_digits=14,
                                null=True,
                                validators=[django.core.validators.MinValueValidator(Decimal("0"))],
                                verbose_name="forecast cost",
                            ),
                        ),
                        (
                            "spent_to_date",
                            contracts.fields.MoneyField(
                                blank=True,
                                decimal_places=2,
                                max_digits=14,
                                null=True,
                                validators=[django.core.validators.MinValueValidator(Decimal("0"))],
                                verbose_name="spent to date",
                            ),
                        ),
                        ("benefit", models.TextField(blank=True, verbose_name="expected benefit")),
                        (
                            "source",
                            models.CharField(
                                blank=True,
                                choices=[("", "entered"), ("published", "published"), ("illustrative", "illustrative")],
                                default="",
                                max_length=12,
                                verbose_name="source",
                            ),
                        ),
                        ("archived_on", models.DateField(blank=True, null=True, verbose_name="archived on")),
                        ("archived_reason", models.TextField(blank=True, verbose_name="reason for archiving")),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        (
                            "contract",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="contracts.contract",
                            ),
                        ),
                        (
                            "service_area",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="contracts.servicearea",
                            ),
                        ),
                        (
                            "manager_person",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="who posts its updates",
                            ),
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
                        (
                            "history_user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical project",
                        "verbose_name_plural": "historical projects",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalRebaseline",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("agreed_finish", models.DateField(verbose_name="agreed finish")),
                        ("agreed_on", models.DateField(blank=True, null=True, verbose_name="agreed on")),
                        ("agreed_by", models.CharField(blank=True, max_length=200, verbose_name="agreed by")),
                        ("reason", models.TextField(blank=True, verbose_name="reason")),
                        (
                            "project",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="projects.project",
                            ),
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
                        (
                            "history_user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical rebaseline",
                        "verbose_name_plural": "historical rebaselines",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalScrutinyChair",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("scrutiny_area", models.CharField(max_length=120, verbose_name="scrutiny area")),
                        (
                            "contract",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="contracts.contract",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
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
                        (
                            "history_user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical scrutiny chair",
                        "verbose_name_plural": "historical scrutiny chairs",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalUpdate",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("updated_on", models.DateField(blank=True, null=True, verbose_name="updated on")),
                        ("number", models.PositiveSmallIntegerField(default=1, verbose_name="number of that day")),
                        (
                            "confidence",
                            models.CharField(
                                blank=True,
                                choices=[("red", "red"), ("amber", "amber"), ("green", "green")],
                                max_length=5,
                                verbose_name="delivery confidence",
                            ),
                        ),
                        ("forecast_finish", models.DateField(blank=True, null=True, verbose_name="forecast finish")),
                        ("done", models.TextField(blank=True, verbose_name="done since the last update")),
                        ("next", models.TextField(blank=True, verbose_name="planned next")),
                        ("delay_cause", models.TextField(blank=True, verbose_name="cause of the delay")),
                        ("delay_party", models.CharField(blank=True, max_length=200, verbose_name="who caused it")),
                        ("cost_effect", models.TextField(blank=True, verbose_name="what it costs")),
                        ("knock_on", models.TextField(blank=True, verbose_name="what it holds up")),
                        (
                            "returns_to_green_on",
                            models.DateField(blank=True, null=True, verbose_name="returns to green on"),
                        ),
                        (
                            "is_green_unknown",
                            models.BooleanField(
                                default=False, verbose_name="when it returns to green is not known yet"
                            ),
                        ),
                        ("posted_at", models.DateTimeField(blank=True, null=True, verbose_name="posted at")),
                        (
                            "project",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="projects.project",
                            ),
                        ),
                        (
                            "posted_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
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
                        (
                            "history_user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical update",
                        "verbose_name_plural": "historical updates",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
            ]
        ),
    ]
