"""The tables as they stand at first; an installation made before this one file took their place has them already."""

import contracts.fields
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.text
import django.db.models.lookups
import django.utils.timezone
import simple_history.models
from django.conf import settings
from django.db import migrations, models

from contracts.together import Together


class Migration(migrations.Migration):
    initial = True

    replaces = [
        ("kpis", "0001_initial"),
        ("kpis", "0002_entries"),
        ("kpis", "0003_evidence"),
        ("kpis", "0004_dispute"),
        ("kpis", "0005_rebase"),
        ("kpis", "0006_area_months"),
        ("kpis", "0007_count_area_months"),
    ]

    dependencies = [
        ("contracts", "0001_tables"),
    ]

    operations = [
        Together(
            [
                migrations.CreateModel(
                    name="AreaMonth",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "service_area",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="months",
                                to="contracts.servicearea",
                            ),
                        ),
                        ("month", contracts.fields.MonthField(verbose_name="month")),
                        ("in_force", models.PositiveSmallIntegerField()),
                        ("target_met", models.PositiveSmallIntegerField()),
                        ("below_target", models.PositiveSmallIntegerField()),
                        ("below_minimum", models.PositiveSmallIntegerField()),
                        ("relief_granted", models.PositiveSmallIntegerField()),
                        ("not_measured", models.PositiveSmallIntegerField()),
                        ("missing", models.PositiveSmallIntegerField()),
                        (
                            "provisional",
                            models.PositiveSmallIntegerField(verbose_name="of any status, not verified yet"),
                        ),
                        ("is_handed_in", models.BooleanField(verbose_name="its return is submitted or verified")),
                        ("is_verified", models.BooleanField(verbose_name="its return is verified")),
                    ],
                    options={
                        "ordering": ["service_area", "month"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("service_area", "month"),
                                name="area_month_once",
                                violation_error_message="This service area's month is counted already.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("month__isnull", True), ("month__day", 1), _connector="OR"),
                                name="area_month_is_a_month",
                                violation_error_message="A month is kept as the date of its first day.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("in_force__gte", 1)),
                                name="area_month_has_a_kpi_in_force",
                                violation_error_message="A month in which nothing is in force is not counted.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "in_force",
                                        django.db.models.expressions.CombinedExpression(
                                            django.db.models.expressions.CombinedExpression(
                                                django.db.models.expressions.CombinedExpression(
                                                    django.db.models.expressions.CombinedExpression(
                                                        django.db.models.expressions.CombinedExpression(
                                                            models.F("target_met"), "+", models.F("below_target")
                                                        ),
                                                        "+",
                                                        models.F("below_minimum"),
                                                    ),
                                                    "+",
                                                    models.F("relief_granted"),
                                                ),
                                                "+",
                                                models.F("not_measured"),
                                            ),
                                            "+",
                                            models.F("missing"),
                                        ),
                                    )
                                ),
                                name="area_month_adds_up",
                                violation_error_message="The statuses add up to the KPIs in force.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "provisional__lte",
                                        django.db.models.expressions.CombinedExpression(
                                            models.F("in_force"), "-", models.F("missing")
                                        ),
                                    )
                                ),
                                name="area_month_provisional_is_reported",
                                violation_error_message="What is missing is not provisional.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("is_verified", False),
                                    models.Q(("is_handed_in", True), ("provisional", 0)),
                                    _connector="OR",
                                ),
                                name="area_month_verified_is_closed",
                                violation_error_message="A verified month was handed in, and nothing in it is provisional.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Kpi",
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
                                related_name="kpis",
                                to="contracts.contract",
                            ),
                        ),
                        (
                            "service_area",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="kpis",
                                to="contracts.servicearea",
                            ),
                        ),
                        (
                            "code",
                            models.CharField(help_text="For example CSC_KPI_04.", max_length=20, verbose_name="code"),
                        ),
                        ("name", models.CharField(max_length=250, verbose_name="name")),
                        ("definition", models.TextField(blank=True, verbose_name="definition")),
                        (
                            "unit",
                            models.CharField(
                                choices=[
                                    ("percent", "percent"),
                                    ("count", "count"),
                                    ("days", "days"),
                                    ("seconds", "seconds"),
                                    ("money", "money"),
                                ],
                                max_length=10,
                                verbose_name="unit",
                            ),
                        ),
                        (
                            "polarity",
                            models.CharField(
                                choices=[("higher", "higher is better"), ("lower", "lower is better")],
                                max_length=10,
                                verbose_name="which is better",
                            ),
                        ),
                        (
                            "decimals",
                            models.PositiveSmallIntegerField(default=2, verbose_name="decimals it is judged to"),
                        ),
                        (
                            "due_mask",
                            models.PositiveSmallIntegerField(
                                default=4095,
                                help_text="Bit 0 is January; every month is 4095.",
                                verbose_name="calendar months due",
                            ),
                        ),
                        ("in_force_from", contracts.fields.MonthField(verbose_name="first month in force")),
                        (
                            "in_force_to",
                            contracts.fields.MonthField(blank=True, null=True, verbose_name="last month in force"),
                        ),
                        ("end_reason", models.TextField(blank=True, verbose_name="why it ended")),
                    ],
                    options={
                        "verbose_name": "KPI",
                        "verbose_name_plural": "KPIs",
                        "ordering": ["contract", "code"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("contract", "code"),
                                name="kpi_code_once_per_contract",
                                violation_error_message="This contract already has a KPI with that code.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("in_force_from__isnull", True), ("in_force_from__day", 1), _connector="OR"
                                    ),
                                    models.Q(("in_force_to__isnull", True), ("in_force_to__day", 1), _connector="OR"),
                                ),
                                name="kpi_in_force_is_months",
                                violation_error_message="A month is kept as the date of its first day.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("in_force_to__isnull", True),
                                    ("in_force_to__gte", models.F("in_force_from")),
                                    _connector="OR",
                                ),
                                name="kpi_ends_after_it_begins",
                                violation_error_message="The last month in force cannot be before the first.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("decimals__lte", 6)),
                                name="kpi_has_at_most_6_decimals",
                                violation_error_message="A KPI is judged to at most 6 decimals.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("due_mask__gte", 1), ("due_mask__lte", 4095)),
                                name="kpi_is_due_in_some_month",
                                violation_error_message="A KPI is due in at least one calendar month.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("unit__in", ["percent", "count", "days", "seconds", "money"])),
                                name="kpi_unit_is_known",
                                violation_error_message="The unit is percent, count, days, seconds or money.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("polarity__in", ["higher", "lower"])),
                                name="kpi_polarity_is_known",
                                violation_error_message="Either higher or lower is better.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Result",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "kpi",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="results", to="kpis.kpi"
                            ),
                        ),
                        ("month", contracts.fields.MonthField(verbose_name="month")),
                        (
                            "value",
                            contracts.fields.FigureField(
                                blank=True, decimal_places=6, max_digits=21, null=True, verbose_name="value"
                            ),
                        ),
                        (
                            "numerator",
                            contracts.fields.FigureField(
                                blank=True, decimal_places=6, max_digits=21, null=True, verbose_name="numerator"
                            ),
                        ),
                        (
                            "denominator",
                            contracts.fields.FigureField(
                                blank=True, decimal_places=6, max_digits=21, null=True, verbose_name="denominator"
                            ),
                        ),
                        ("not_measured_reason", models.TextField(blank=True, verbose_name="why there is no figure")),
                        ("cause", models.TextField(blank=True, verbose_name="cause")),
                        ("effect", models.TextField(blank=True, verbose_name="effect on council services")),
                        ("remedy", models.TextField(blank=True, verbose_name="remedy and who owns it")),
                        (
                            "recovery_month",
                            contracts.fields.MonthField(
                                blank=True, null=True, verbose_name="expected month of recovery"
                            ),
                        ),
                        (
                            "explanation_awaited_on",
                            models.DateField(
                                blank=True, null=True, verbose_name="explanation awaited from the supplier by"
                            ),
                        ),
                        ("comment", models.TextField(blank=True, verbose_name="comment")),
                        (
                            "entered_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
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
                        (
                            "is_shared",
                            models.BooleanField(default=False, verbose_name="shown while its return is open"),
                        ),
                        ("version", models.PositiveIntegerField(default=1, editable=False)),
                    ],
                    options={
                        "ordering": ["kpi", "month"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("kpi", "month"),
                                name="result_once_per_kpi_and_month",
                                violation_error_message="This KPI already has a result for that month.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("month__isnull", True), ("month__day", 1), _connector="OR"),
                                    models.Q(
                                        ("recovery_month__isnull", True), ("recovery_month__day", 1), _connector="OR"
                                    ),
                                ),
                                name="result_is_for_a_month",
                                violation_error_message="A month is kept as the date of its first day.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("source__in", ["", "published", "illustrative"])),
                                name="result_source_is_known",
                                violation_error_message="A source is published or illustrative.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("denominator__isnull", True), ("numerator__isnull", True)),
                                    models.Q(("denominator__isnull", False), ("numerator__isnull", False)),
                                    _connector="OR",
                                ),
                                name="result_rate_is_whole",
                                violation_error_message="A rate needs both its numerator and its denominator.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("denominator__isnull", True), ("denominator__gt", 0), _connector="OR"
                                ),
                                name="result_denominator_is_positive",
                                violation_error_message="A denominator is above zero; with nothing to count, say why not measured.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("not_measured_reason", ""),
                                        models.Q(
                                            ("value__isnull", False), ("denominator__isnull", False), _connector="OR"
                                        ),
                                    ),
                                    models.Q(
                                        models.Q(("not_measured_reason", ""), _negated=True),
                                        ("denominator__isnull", True),
                                        ("value__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="result_is_a_figure_or_a_reason",
                                violation_error_message="Give a figure, or the reason why there is none: one of them.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Correction",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "result",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="corrections",
                                to="kpis.result",
                            ),
                        ),
                        (
                            "value_before",
                            contracts.fields.FigureField(blank=True, decimal_places=6, max_digits=21, null=True),
                        ),
                        (
                            "numerator_before",
                            contracts.fields.FigureField(blank=True, decimal_places=6, max_digits=21, null=True),
                        ),
                        (
                            "denominator_before",
                            contracts.fields.FigureField(blank=True, decimal_places=6, max_digits=21, null=True),
                        ),
                        ("not_measured_reason_before", models.TextField(blank=True)),
                        (
                            "value_after",
                            contracts.fields.FigureField(blank=True, decimal_places=6, max_digits=21, null=True),
                        ),
                        (
                            "numerator_after",
                            contracts.fields.FigureField(blank=True, decimal_places=6, max_digits=21, null=True),
                        ),
                        (
                            "denominator_after",
                            contracts.fields.FigureField(blank=True, decimal_places=6, max_digits=21, null=True),
                        ),
                        ("not_measured_reason_after", models.TextField(blank=True)),
                        ("reason", models.TextField(verbose_name="why")),
                        ("corrected_at", models.DateTimeField(verbose_name="corrected at")),
                        (
                            "corrected_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["result", "corrected_at", "pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("reason", ""), _negated=True),
                                name="correction_has_a_reason",
                                violation_error_message="A verified figure changes only with a reason.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Dispute",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "result",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="disputes", to="kpis.result"
                            ),
                        ),
                        (
                            "value",
                            contracts.fields.FigureField(
                                blank=True, decimal_places=6, max_digits=21, null=True, verbose_name="value disputed"
                            ),
                        ),
                        (
                            "numerator",
                            contracts.fields.FigureField(
                                blank=True,
                                decimal_places=6,
                                max_digits=21,
                                null=True,
                                verbose_name="numerator disputed",
                            ),
                        ),
                        (
                            "denominator",
                            contracts.fields.FigureField(
                                blank=True,
                                decimal_places=6,
                                max_digits=21,
                                null=True,
                                verbose_name="denominator disputed",
                            ),
                        ),
                        (
                            "not_measured_reason",
                            models.TextField(blank=True, verbose_name="reason disputed why there is no figure"),
                        ),
                        ("note", models.TextField(verbose_name="what is wrong with the figure")),
                        (
                            "claimed",
                            models.CharField(
                                blank=True, max_length=100, verbose_name="figure the supplier holds to be right"
                            ),
                        ),
                        (
                            "raised_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("raised_at", models.DateTimeField(verbose_name="raised at")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("open", "open"),
                                    ("upheld", "upheld"),
                                    ("not upheld", "not upheld"),
                                    ("withdrawn", "withdrawn"),
                                ],
                                default="open",
                                max_length=10,
                                verbose_name="state",
                            ),
                        ),
                        ("answer", models.TextField(blank=True, verbose_name="answer")),
                        (
                            "settled_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("settled_at", models.DateTimeField(blank=True, null=True, verbose_name="settled at")),
                        ("version", models.PositiveIntegerField(default=1, editable=False)),
                    ],
                    options={
                        "ordering": ["result", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("state", "open")),
                                fields=("result",),
                                name="dispute_is_open_once_per_result",
                                violation_error_message="This figure is disputed already.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["open", "upheld", "not upheld", "withdrawn"])),
                                name="dispute_state_is_known",
                                violation_error_message="A dispute is open, upheld, not upheld or withdrawn.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("note", ""), _negated=True),
                                name="dispute_says_what_is_wrong",
                                violation_error_message="Say what is wrong with the figure.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state__in", ["upheld", "not upheld"]), _negated=True),
                                    models.Q(("answer", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="dispute_is_answered_with_words",
                                violation_error_message="Say why the dispute is upheld or not upheld.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("settled_at__isnull", True), ("settled_by__isnull", True), ("state", "open")
                                    ),
                                    models.Q(
                                        models.Q(("state", "open"), _negated=True),
                                        ("settled_at__isnull", False),
                                        ("settled_by__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="dispute_is_settled_by_somebody",
                                violation_error_message="A dispute that is not open any more says who settled it and when.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("settled_by__isnull", True),
                                    ("state__in", ["open", "withdrawn"]),
                                    models.Q(("settled_by", models.F("raised_by")), _negated=True),
                                    _connector="OR",
                                ),
                                name="dispute_is_not_answered_by_who_raised_it",
                                violation_error_message="Nobody answers a dispute they raised.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Return",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "service_area",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="returns",
                                to="contracts.servicearea",
                            ),
                        ),
                        ("month", contracts.fields.MonthField(verbose_name="month")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("open", "open"),
                                    ("submitted", "submitted"),
                                    ("returned", "returned"),
                                    ("verified", "verified"),
                                ],
                                default="open",
                                max_length=10,
                                verbose_name="state",
                            ),
                        ),
                        ("submitted_at", models.DateTimeField(blank=True, null=True, verbose_name="submitted at")),
                        (
                            "submitted_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("verified_at", models.DateTimeField(blank=True, null=True, verbose_name="verified at")),
                        (
                            "verified_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "checked_how",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("source seen", "source seen"),
                                    ("sample re-performed", "sample re-performed"),
                                    ("accepted as supplied", "accepted as supplied"),
                                ],
                                max_length=24,
                                verbose_name="how it was checked",
                            ),
                        ),
                        (
                            "sample_size",
                            models.PositiveIntegerField(blank=True, null=True, verbose_name="results re-performed"),
                        ),
                        ("returned_reason", models.TextField(blank=True, verbose_name="why it was returned")),
                        ("reopened_at", models.DateTimeField(blank=True, null=True, verbose_name="reopened at")),
                        (
                            "reopened_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("reopened_reason", models.TextField(blank=True, verbose_name="why it was reopened")),
                        ("version", models.PositiveIntegerField(default=1, editable=False)),
                    ],
                    options={
                        "ordering": ["service_area", "month"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("service_area", "month"),
                                name="return_once_per_area_and_month",
                                violation_error_message="This service area already has a return for that month.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("month__isnull", True), ("month__day", 1), _connector="OR"),
                                name="return_is_for_a_month",
                                violation_error_message="A month is kept as the date of its first day.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["open", "submitted", "returned", "verified"])),
                                name="return_state_is_known",
                                violation_error_message="A return is open, submitted, returned or verified.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "checked_how__in",
                                        ["", "source seen", "sample re-performed", "accepted as supplied"],
                                    )
                                ),
                                name="return_check_is_known",
                                violation_error_message="Say how it was checked: source seen, sample re-performed, or accepted as supplied.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "returned"), _negated=True),
                                    models.Q(("returned_reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="return_goes_back_with_a_reason",
                                violation_error_message="Say why the return goes back.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("checked_how", "sample re-performed"),
                                        ("sample_size__gte", 1),
                                        ("sample_size__isnull", False),
                                    ),
                                    models.Q(
                                        models.Q(("checked_how", "sample re-performed"), _negated=True),
                                        ("sample_size__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="return_sample_has_a_size",
                                violation_error_message="Say how many results were re-performed, and only for a sample.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Entry",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "area_return",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="entries", to="kpis.return"
                            ),
                        ),
                        (
                            "kpi",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="entries", to="kpis.kpi"
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
                        (
                            "edited_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name_plural": "entries",
                        "ordering": ["area_return", "kpi"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("area_return", "kpi"),
                                name="entry_once_per_kpi_and_return",
                                violation_error_message="This KPI already has a row in this return.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Relief",
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
                                related_name="reliefs",
                                to="contracts.contract",
                            ),
                        ),
                        ("reference", models.SlugField(max_length=40, verbose_name="reference")),
                        ("is_blanket", models.BooleanField(default=False, verbose_name="all KPIs")),
                        ("from_month", contracts.fields.MonthField(verbose_name="first month")),
                        ("to_month", contracts.fields.MonthField(blank=True, null=True, verbose_name="last month")),
                        (
                            "cause",
                            models.CharField(
                                choices=[
                                    ("authority dependency", "authority dependency"),
                                    ("third party", "third party"),
                                    ("system implementation", "system implementation"),
                                    ("force majeure", "force majeure"),
                                    ("other", "other"),
                                ],
                                max_length=24,
                                verbose_name="cause",
                            ),
                        ),
                        ("narrative", models.TextField(verbose_name="narrative")),
                        ("requested_by", models.CharField(blank=True, max_length=200, verbose_name="requested by")),
                        ("requested_on", models.DateField(blank=True, null=True, verbose_name="requested on")),
                        (
                            "decision",
                            models.CharField(
                                choices=[
                                    ("requested", "requested"),
                                    ("granted", "granted"),
                                    ("refused", "refused"),
                                    ("withdrawn", "withdrawn"),
                                ],
                                default="requested",
                                max_length=10,
                                verbose_name="decision",
                            ),
                        ),
                        ("decided_by", models.CharField(blank=True, max_length=200, verbose_name="decided by")),
                        ("decided_on", models.DateField(blank=True, null=True, verbose_name="decided on")),
                        ("decision_reason", models.TextField(blank=True, verbose_name="reason for the decision")),
                        (
                            "requester",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "decider",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1, editable=False)),
                        (
                            "kpis",
                            models.ManyToManyField(
                                blank=True, related_name="reliefs", to="kpis.kpi", verbose_name="KPIs"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["contract", "from_month", "reference"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("contract", "reference"),
                                name="relief_reference_once_per_contract",
                                violation_error_message="This contract already has a relief with that reference.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("from_month__isnull", True), ("from_month__day", 1), _connector="OR"),
                                    models.Q(("to_month__isnull", True), ("to_month__day", 1), _connector="OR"),
                                ),
                                name="relief_spans_months",
                                violation_error_message="A month is kept as the date of its first day.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("to_month__isnull", True),
                                    ("to_month__gte", models.F("from_month")),
                                    _connector="OR",
                                ),
                                name="relief_ends_after_it_begins",
                                violation_error_message="The last month of a relief cannot be before its first.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("decision__in", ["requested", "granted", "refused", "withdrawn"])),
                                name="relief_decision_is_known",
                                violation_error_message="A relief is requested, granted, refused or withdrawn.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "cause__in",
                                        [
                                            "authority dependency",
                                            "third party",
                                            "system implementation",
                                            "force majeure",
                                            "other",
                                        ],
                                    )
                                ),
                                name="relief_cause_is_known",
                                violation_error_message="Choose one of the causes listed.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("requester__isnull", True),
                                    ("decider__isnull", True),
                                    models.Q(("requester", models.F("decider")), _negated=True),
                                    ("decision__in", ["requested", "withdrawn"]),
                                    _connector="OR",
                                ),
                                name="relief_is_not_decided_by_who_asked",
                                violation_error_message="Nobody decides a relief they requested.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Evidence",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "kpi",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="evidence",
                                to="kpis.kpi",
                            ),
                        ),
                        ("month", contracts.fields.MonthField(blank=True, null=True, verbose_name="month")),
                        (
                            "relief",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="evidence",
                                to="kpis.relief",
                            ),
                        ),
                        (
                            "added_in",
                            models.PositiveIntegerField(verbose_name="version of the return or relief it was added in"),
                        ),
                        ("name", models.CharField(max_length=160, verbose_name="name")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("pdf", "a PDF"),
                                    ("docx", "a Word document"),
                                    ("xlsx", "an Excel workbook"),
                                    ("pptx", "a PowerPoint presentation"),
                                    ("odt", "an OpenDocument text"),
                                    ("ods", "an OpenDocument spreadsheet"),
                                    ("doc", "a Word 97 document"),
                                    ("xls", "an Excel 97 workbook"),
                                    ("ppt", "a PowerPoint 97 presentation"),
                                    ("csv", "a CSV file"),
                                    ("txt", "plain text"),
                                    ("png", "a PNG image"),
                                    ("jpeg", "a JPEG image"),
                                    ("eml", "an e-mail"),
                                    ("msg", "an Outlook e-mail"),
                                ],
                                max_length=8,
                                verbose_name="kind",
                            ),
                        ),
                        ("size", models.PositiveBigIntegerField(verbose_name="size in bytes")),
                        ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                        (
                            "path",
                            models.CharField(
                                max_length=80, unique=True, verbose_name="where it lies in the folder of evidence"
                            ),
                        ),
                        ("added_at", models.DateTimeField(verbose_name="added at")),
                        (
                            "added_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("removed_at", models.DateTimeField(blank=True, null=True, verbose_name="removed at")),
                        (
                            "removed_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("removed_reason", models.TextField(blank=True, verbose_name="why it was removed")),
                    ],
                    options={
                        "verbose_name_plural": "evidence",
                        "ordering": ["pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("kpi__isnull", False), ("month__isnull", False), ("relief__isnull", True)
                                    ),
                                    models.Q(("kpi__isnull", True), ("month__isnull", True), ("relief__isnull", False)),
                                    _connector="OR",
                                ),
                                name="evidence_is_of_a_month_or_a_relief",
                                violation_error_message="Evidence belongs to a KPI's month or to a relief: one of them.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("month__isnull", True), ("month__day", 1), _connector="OR"),
                                name="evidence_is_for_a_month",
                                violation_error_message="A month is kept as the date of its first day.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "kind__in",
                                        [
                                            "pdf",
                                            "docx",
                                            "xlsx",
                                            "pptx",
                                            "odt",
                                            "ods",
                                            "doc",
                                            "xls",
                                            "ppt",
                                            "csv",
                                            "txt",
                                            "png",
                                            "jpeg",
                                            "eml",
                                            "msg",
                                        ],
                                    )
                                ),
                                name="evidence_kind_is_known",
                                violation_error_message="Choose a kind of file that is taken.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("name", ""), _negated=True),
                                name="evidence_has_a_name",
                                violation_error_message="A file has a name.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("size__gt", 0)),
                                name="evidence_is_not_empty",
                                violation_error_message="A file of nothing is no evidence.",
                            ),
                            models.CheckConstraint(
                                condition=django.db.models.lookups.Exact(
                                    django.db.models.functions.text.Length(models.F("sha256")), models.Value(64)
                                ),
                                name="evidence_sha256_is_whole",
                                violation_error_message="A SHA-256 has 64 digits.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("removed_at__isnull", True),
                                        ("removed_by__isnull", True),
                                        ("removed_reason", ""),
                                    ),
                                    models.Q(
                                        ("removed_at__isnull", False),
                                        ("removed_by__isnull", False),
                                        models.Q(("removed_reason", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="evidence_is_removed_by_somebody_for_a_reason",
                                violation_error_message="What is removed says when, by whom and why.",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("removed_at__isnull", True)),
                                fields=("kpi", "month", "sha256"),
                                name="evidence_once_per_month",
                                violation_error_message="This file is there already.",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("removed_at__isnull", True)),
                                fields=("relief", "sha256"),
                                name="evidence_once_per_relief",
                                violation_error_message="This file is there already.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Level",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "kpi",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="levels", to="kpis.kpi"
                            ),
                        ),
                        ("effective_from", contracts.fields.MonthField(verbose_name="in force from")),
                        (
                            "target",
                            contracts.fields.FigureField(
                                decimal_places=6, max_digits=21, verbose_name="target service level"
                            ),
                        ),
                        (
                            "minimum",
                            contracts.fields.FigureField(
                                decimal_places=6, max_digits=21, verbose_name="minimum service level"
                            ),
                        ),
                        ("reason", models.TextField(blank=True, verbose_name="reason")),
                        ("agreed_by", models.CharField(blank=True, max_length=200, verbose_name="agreed by")),
                    ],
                    options={
                        "ordering": ["kpi", "effective_from"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("kpi", "effective_from"),
                                name="level_once_per_month",
                                violation_error_message="This KPI already has a level that takes effect in that month.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("effective_from__isnull", True), ("effective_from__day", 1), _connector="OR"
                                ),
                                name="level_takes_effect_in_a_month",
                                violation_error_message="A month is kept as the date of its first day.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Rebase",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "kpi",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="rebases", to="kpis.kpi"
                            ),
                        ),
                        ("from_month", contracts.fields.MonthField(verbose_name="first month of the new limits")),
                        ("reason", models.TextField(verbose_name="reason")),
                        ("agreed_by", models.CharField(blank=True, max_length=200, verbose_name="agreed by")),
                        ("recorded_at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "withdrawn_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("withdrawn_reason", models.TextField(blank=True, verbose_name="why it was withdrawn")),
                    ],
                    options={
                        "ordering": ["kpi", "from_month", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("withdrawn_at__isnull", True)),
                                fields=("kpi", "from_month"),
                                name="rebase_once_per_month",
                                violation_error_message="The limits of this KPI restart in that month already.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("from_month__isnull", True), ("from_month__day", 1), _connector="OR"
                                ),
                                name="rebase_begins_with_a_month",
                                violation_error_message="A month is kept as the date of its first day.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("reason", ""), _negated=True),
                                name="rebase_has_a_reason",
                                violation_error_message="Say why the limits restart.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("withdrawn_at__isnull", True), ("withdrawn_reason", "")),
                                    models.Q(
                                        ("withdrawn_at__isnull", False),
                                        models.Q(("withdrawn_reason", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="rebase_is_withdrawn_with_a_reason",
                                violation_error_message="A rebase is withdrawn with a reason.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="WarningAnswer",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "result",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="warning_answers",
                                to="kpis.result",
                            ),
                        ),
                        ("warning", models.CharField(max_length=40, verbose_name="which warning")),
                        ("said", models.TextField(verbose_name="what the warning said")),
                        ("answer", models.TextField(verbose_name="what the officer answered")),
                        ("answered_at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "answered_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["result", "pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("answer", ""), _negated=True),
                                name="warning_answer_says_something",
                                violation_error_message="Say a word about the warning.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalDispute",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        (
                            "value",
                            contracts.fields.FigureField(
                                blank=True, decimal_places=6, max_digits=21, null=True, verbose_name="value disputed"
                            ),
                        ),
                        (
                            "numerator",
                            contracts.fields.FigureField(
                                blank=True,
                                decimal_places=6,
                                max_digits=21,
                                null=True,
                                verbose_name="numerator disputed",
                            ),
                        ),
                        (
                            "denominator",
                            contracts.fields.FigureField(
                                blank=True,
                                decimal_places=6,
                                max_digits=21,
                                null=True,
                                verbose_name="denominator disputed",
                            ),
                        ),
                        (
                            "not_measured_reason",
                            models.TextField(blank=True, verbose_name="reason disputed why there is no figure"),
                        ),
                        ("note", models.TextField(verbose_name="what is wrong with the figure")),
                        (
                            "claimed",
                            models.CharField(
                                blank=True, max_length=100, verbose_name="figure the supplier holds to be right"
                            ),
                        ),
                        ("raised_at", models.DateTimeField(verbose_name="raised at")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("open", "open"),
                                    ("upheld", "upheld"),
                                    ("not upheld", "not upheld"),
                                    ("withdrawn", "withdrawn"),
                                ],
                                default="open",
                                max_length=10,
                                verbose_name="state",
                            ),
                        ),
                        ("answer", models.TextField(blank=True, verbose_name="answer")),
                        ("settled_at", models.DateTimeField(blank=True, null=True, verbose_name="settled at")),
                        ("version", models.PositiveIntegerField(default=1, editable=False)),
                        (
                            "result",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="kpis.result",
                            ),
                        ),
                        (
                            "raised_by",
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
                            "settled_by",
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
                        "verbose_name": "historical dispute",
                        "verbose_name_plural": "historical disputes",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalEvidence",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("month", contracts.fields.MonthField(blank=True, null=True, verbose_name="month")),
                        (
                            "added_in",
                            models.PositiveIntegerField(verbose_name="version of the return or relief it was added in"),
                        ),
                        ("name", models.CharField(max_length=160, verbose_name="name")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("pdf", "a PDF"),
                                    ("docx", "a Word document"),
                                    ("xlsx", "an Excel workbook"),
                                    ("pptx", "a PowerPoint presentation"),
                                    ("odt", "an OpenDocument text"),
                                    ("ods", "an OpenDocument spreadsheet"),
                                    ("doc", "a Word 97 document"),
                                    ("xls", "an Excel 97 workbook"),
                                    ("ppt", "a PowerPoint 97 presentation"),
                                    ("csv", "a CSV file"),
                                    ("txt", "plain text"),
                                    ("png", "a PNG image"),
                                    ("jpeg", "a JPEG image"),
                                    ("eml", "an e-mail"),
                                    ("msg", "an Outlook e-mail"),
                                ],
                                max_length=8,
                                verbose_name="kind",
                            ),
                        ),
                        ("size", models.PositiveBigIntegerField(verbose_name="size in bytes")),
                        ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                        (
                            "path",
                            models.CharField(
                                db_index=True, max_length=80, verbose_name="where it lies in the folder of evidence"
                            ),
                        ),
                        ("added_at", models.DateTimeField(verbose_name="added at")),
                        ("removed_at", models.DateTimeField(blank=True, null=True, verbose_name="removed at")),
                        ("removed_reason", models.TextField(blank=True, verbose_name="why it was removed")),
                        (
                            "kpi",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="kpis.kpi",
                            ),
                        ),
                        (
                            "relief",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="kpis.relief",
                            ),
                        ),
                        (
                            "added_by",
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
                            "removed_by",
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
                        "verbose_name": "historical evidence",
                        "verbose_name_plural": "historical evidence",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalKpi",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        (
                            "code",
                            models.CharField(help_text="For example CSC_KPI_04.", max_length=20, verbose_name="code"),
                        ),
                        ("name", models.CharField(max_length=250, verbose_name="name")),
                        ("definition", models.TextField(blank=True, verbose_name="definition")),
                        (
                            "unit",
                            models.CharField(
                                choices=[
                                    ("percent", "percent"),
                                    ("count", "count"),
                                    ("days", "days"),
                                    ("seconds", "seconds"),
                                    ("money", "money"),
                                ],
                                max_length=10,
                                verbose_name="unit",
                            ),
                        ),
                        (
                            "polarity",
                            models.CharField(
                                choices=[("higher", "higher is better"), ("lower", "lower is better")],
                                max_length=10,
                                verbose_name="which is better",
                            ),
                        ),
                        (
                            "decimals",
                            models.PositiveSmallIntegerField(default=2, verbose_name="decimals it is judged to"),
                        ),
                        (
                            "due_mask",
                            models.PositiveSmallIntegerField(
                                default=4095,
                                help_text="Bit 0 is January; every month is 4095.",
                                verbose_name="calendar months due",
                            ),
                        ),
                        ("in_force_from", contracts.fields.MonthField(verbose_name="first month in force")),
                        (
                            "in_force_to",
                            contracts.fields.MonthField(blank=True, null=True, verbose_name="last month in force"),
                        ),
                        ("end_reason", models.TextField(blank=True, verbose_name="why it ended")),
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
                        "verbose_name": "historical KPI",
                        "verbose_name_plural": "historical KPIs",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalLevel",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("effective_from", contracts.fields.MonthField(verbose_name="in force from")),
                        (
                            "target",
                            contracts.fields.FigureField(
                                decimal_places=6, max_digits=21, verbose_name="target service level"
                            ),
                        ),
                        (
                            "minimum",
                            contracts.fields.FigureField(
                                decimal_places=6, max_digits=21, verbose_name="minimum service level"
                            ),
                        ),
                        ("reason", models.TextField(blank=True, verbose_name="reason")),
                        ("agreed_by", models.CharField(blank=True, max_length=200, verbose_name="agreed by")),
                        (
                            "kpi",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="kpis.kpi",
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
                        "verbose_name": "historical level",
                        "verbose_name_plural": "historical levels",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalRebase",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("from_month", contracts.fields.MonthField(verbose_name="first month of the new limits")),
                        ("reason", models.TextField(verbose_name="reason")),
                        ("agreed_by", models.CharField(blank=True, max_length=200, verbose_name="agreed by")),
                        ("recorded_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                        ("withdrawn_reason", models.TextField(blank=True, verbose_name="why it was withdrawn")),
                        (
                            "kpi",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="kpis.kpi",
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
                        (
                            "withdrawn_by",
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
                        "verbose_name": "historical rebase",
                        "verbose_name_plural": "historical rebases",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalRelief",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("reference", models.SlugField(max_length=40, verbose_name="reference")),
                        ("is_blanket", models.BooleanField(default=False, verbose_name="all KPIs")),
                        ("from_month", contracts.fields.MonthField(verbose_name="first month")),
                        ("to_month", contracts.fields.MonthField(blank=True, null=True, verbose_name="last month")),
                        (
                            "cause",
                            models.CharField(
                                choices=[
                                    ("authority dependency", "authority dependency"),
                                    ("third party", "third party"),
                                    ("system implementation", "system implementation"),
                                    ("force majeure", "force majeure"),
                                    ("other", "other"),
                                ],
                                max_length=24,
                                verbose_name="cause",
                            ),
                        ),
                        ("narrative", models.TextField(verbose_name="narrative")),
                        ("requested_by", models.CharField(blank=True, max_length=200, verbose_name="requested by")),
                        ("requested_on", models.DateField(blank=True, null=True, verbose_name="requested on")),
                        (
                            "decision",
                            models.CharField(
                                choices=[
                                    ("requested", "requested"),
                                    ("granted", "granted"),
                                    ("refused", "refused"),
                                    ("withdrawn", "withdrawn"),
                                ],
                                default="requested",
                                max_length=10,
                                verbose_name="decision",
                            ),
                        ),
                        ("decided_by", models.CharField(blank=True, max_length=200, verbose_name="decided by")),
                        ("decided_on", models.DateField(blank=True, null=True, verbose_name="decided on")),
                        ("decision_reason", models.TextField(blank=True, verbose_name="reason for the decision")),
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
                            "requester",
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
                            "decider",
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
                        "verbose_name": "historical relief",
                        "verbose_name_plural": "historical reliefs",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalRelief_kpis",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        (
                            "relief",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                db_tablespace="",
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="kpis.relief",
                            ),
                        ),
                        (
                            "kpi",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                db_tablespace="",
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="kpis.kpi",
                            ),
                        ),
                        (
                            "history",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                to="kpis.historicalrelief",
                            ),
                        ),
                        ("m2m_history_id", models.AutoField(primary_key=True, serialize=False)),
                    ],
                    options={
                        "verbose_name": "HistoricalRelief_kpis",
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalResult",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("month", contracts.fields.MonthField(verbose_name="month")),
                        (
                            "value",
                            contracts.fields.FigureField(
                                blank=True, decimal_places=6, max_digits=21, null=True, verbose_name="value"
                            ),
                        ),
                        (
                            "numerator",
                            contracts.fields.FigureField(
                                blank=True, decimal_places=6, max_digits=21, null=True, verbose_name="numerator"
                            ),
                        ),
                        (
                            "denominator",
                            contracts.fields.FigureField(
                                blank=True, decimal_places=6, max_digits=21, null=True, verbose_name="denominator"
                            ),
                        ),
                        ("not_measured_reason", models.TextField(blank=True, verbose_name="why there is no figure")),
                        ("cause", models.TextField(blank=True, verbose_name="cause")),
                        ("effect", models.TextField(blank=True, verbose_name="effect on council services")),
                        ("remedy", models.TextField(blank=True, verbose_name="remedy and who owns it")),
                        (
                            "recovery_month",
                            contracts.fields.MonthField(
                                blank=True, null=True, verbose_name="expected month of recovery"
                            ),
                        ),
                        (
                            "explanation_awaited_on",
                            models.DateField(
                                blank=True, null=True, verbose_name="explanation awaited from the supplier by"
                            ),
                        ),
                        ("comment", models.TextField(blank=True, verbose_name="comment")),
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
                        (
                            "is_shared",
                            models.BooleanField(default=False, verbose_name="shown while its return is open"),
                        ),
                        ("version", models.PositiveIntegerField(default=1, editable=False)),
                        (
                            "kpi",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="kpis.kpi",
                            ),
                        ),
                        (
                            "entered_by",
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
                        "verbose_name": "historical result",
                        "verbose_name_plural": "historical results",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalReturn",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("month", contracts.fields.MonthField(verbose_name="month")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("open", "open"),
                                    ("submitted", "submitted"),
                                    ("returned", "returned"),
                                    ("verified", "verified"),
                                ],
                                default="open",
                                max_length=10,
                                verbose_name="state",
                            ),
                        ),
                        ("submitted_at", models.DateTimeField(blank=True, null=True, verbose_name="submitted at")),
                        ("verified_at", models.DateTimeField(blank=True, null=True, verbose_name="verified at")),
                        (
                            "checked_how",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("source seen", "source seen"),
                                    ("sample re-performed", "sample re-performed"),
                                    ("accepted as supplied", "accepted as supplied"),
                                ],
                                max_length=24,
                                verbose_name="how it was checked",
                            ),
                        ),
                        (
                            "sample_size",
                            models.PositiveIntegerField(blank=True, null=True, verbose_name="results re-performed"),
                        ),
                        ("returned_reason", models.TextField(blank=True, verbose_name="why it was returned")),
                        ("reopened_at", models.DateTimeField(blank=True, null=True, verbose_name="reopened at")),
                        ("reopened_reason", models.TextField(blank=True, verbose_name="why it was reopened")),
                        ("version", models.PositiveIntegerField(default=1, editable=False)),
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
                            "submitted_by",
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
                            "verified_by",
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
                            "reopened_by",
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
                        "verbose_name": "historical return",
                        "verbose_name_plural": "historical returns",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
            ]
        ),
    ]
