"""The tables as they stand at first; an installation made before this one file took their place has them already."""

import contracts.fields
import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import simple_history.models
from django.conf import settings
from django.db import migrations, models

from contracts.together import Together


class Migration(migrations.Migration):
    initial = True

    replaces = [
        ("contracts", "0001_initial"),
        ("contracts", "0003_messages_and_deputies"),
        ("contracts", "0004_dispute_messages"),
        ("contracts", "0005_question"),
        ("contracts", "0006_key_list_messages"),
        ("contracts", "0007_operational_report_days"),
        ("contracts", "0008_paper_messages"),
    ]

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        Together(
            [
                migrations.CreateModel(
                    name="Contract",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "reference",
                            models.SlugField(
                                help_text="Short and lasting, for example CSS.",
                                max_length=40,
                                unique=True,
                                verbose_name="reference",
                            ),
                        ),
                        ("title", models.CharField(max_length=200, verbose_name="title")),
                        ("authority", models.CharField(max_length=200, verbose_name="authority")),
                        ("supplier", models.CharField(max_length=200, verbose_name="supplier")),
                        (
                            "commences_on",
                            models.DateField(help_text="Its month is contract month 1.", verbose_name="commences on"),
                        ),
                        ("ends_on", models.DateField(blank=True, null=True, verbose_name="ends on")),
                        (
                            "below_target_is_exception",
                            models.BooleanField(
                                default=True,
                                help_text="If not, only results below minimum are reported as exceptions.",
                                verbose_name="below target counts as an exception",
                            ),
                        ),
                        (
                            "history_months",
                            models.PositiveSmallIntegerField(
                                default=6,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(36),
                                ],
                                verbose_name="months of history in a paper",
                            ),
                        ),
                        (
                            "data_due_working_days",
                            models.PositiveSmallIntegerField(
                                default=10, verbose_name="working days after month end until data is due"
                            ),
                        ),
                        (
                            "remind_working_days",
                            models.PositiveSmallIntegerField(
                                default=2, verbose_name="working days before data is due at which officers are reminded"
                            ),
                        ),
                        (
                            "stale_relief_months",
                            models.PositiveSmallIntegerField(
                                default=3, verbose_name="months after which an open-ended relief stands out"
                            ),
                        ),
                        (
                            "slippage_green_days",
                            models.PositiveSmallIntegerField(
                                default=7, verbose_name="days late that still count as green"
                            ),
                        ),
                        (
                            "slippage_amber_months",
                            models.PositiveSmallIntegerField(
                                default=1, verbose_name="calendar months late that still count as amber"
                            ),
                        ),
                        (
                            "silent_days",
                            models.PositiveSmallIntegerField(
                                default=35, verbose_name="days without an update that make a project silent"
                            ),
                        ),
                        (
                            "key_project_count",
                            models.PositiveSmallIntegerField(default=20, verbose_name="number of key projects"),
                        ),
                        (
                            "operational_report_working_days",
                            models.PositiveSmallIntegerField(
                                default=5,
                                help_text="Long enough for the month’s updates to come in; before the next month ends.",
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(20),
                                ],
                                verbose_name="working days after month end until the operational project report is written",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["reference"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ends_on__isnull", True),
                                    ("ends_on__gt", models.F("commences_on")),
                                    _connector="OR",
                                ),
                                name="contract_ends_after_it_commences",
                                violation_error_message="A contract ends after it commences.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("history_months__gte", 1), ("history_months__lte", 36)),
                                name="contract_history_is_1_to_36_months",
                                violation_error_message="A paper shows between 1 and 36 months of history.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("operational_report_working_days__gte", 1),
                                    ("operational_report_working_days__lte", 20),
                                ),
                                name="contract_operational_report_within_20_days",
                                violation_error_message="The operational report is written 1 to 20 working days after its month.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Person",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("password", models.CharField(max_length=128, verbose_name="password")),
                        ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                        (
                            "is_superuser",
                            models.BooleanField(
                                default=False,
                                help_text="Designates that this user has all permissions without explicitly assigning them.",
                                verbose_name="superuser status",
                            ),
                        ),
                        (
                            "is_staff",
                            models.BooleanField(
                                default=False,
                                help_text="Designates whether the user can log into this admin site.",
                                verbose_name="staff status",
                            ),
                        ),
                        (
                            "is_active",
                            models.BooleanField(
                                default=True,
                                help_text="Designates whether this user should be treated as active. Unselect this instead of deleting accounts.",
                                verbose_name="active",
                            ),
                        ),
                        (
                            "date_joined",
                            models.DateTimeField(default=django.utils.timezone.now, verbose_name="date joined"),
                        ),
                        ("email", models.EmailField(max_length=254, unique=True, verbose_name="e-mail address")),
                        ("job_title", models.CharField(max_length=120, verbose_name="job title")),
                        (
                            "groups",
                            models.ManyToManyField(
                                blank=True,
                                help_text="The groups this user belongs to. A user will get all permissions granted to each of their groups.",
                                related_name="user_set",
                                related_query_name="user",
                                to="auth.group",
                                verbose_name="groups",
                            ),
                        ),
                        (
                            "user_permissions",
                            models.ManyToManyField(
                                blank=True,
                                help_text="Specific permissions for this user.",
                                related_name="user_set",
                                related_query_name="user",
                                to="auth.permission",
                                verbose_name="user permissions",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "person",
                        "verbose_name_plural": "people",
                        "ordering": ["job_title", "email"],
                    },
                ),
                migrations.CreateModel(
                    name="ServiceArea",
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
                                related_name="service_areas",
                                to="contracts.contract",
                            ),
                        ),
                        ("code", models.SlugField(max_length=12, verbose_name="code")),
                        ("name", models.CharField(max_length=120, verbose_name="name")),
                    ],
                    options={
                        "ordering": ["contract", "code"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("contract", "code"),
                                name="service_area_code_once_per_contract",
                                violation_error_message="This contract already has a service area with that code.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Assignment",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="assignments",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "role",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="assignments", to="auth.group"
                            ),
                        ),
                        (
                            "contract",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="assignments",
                                to="contracts.contract",
                            ),
                        ),
                        (
                            "service_area",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="assignments",
                                to="contracts.servicearea",
                            ),
                        ),
                        (
                            "deputy",
                            models.ForeignKey(
                                blank=True,
                                help_text="Does the same work for this place while named here.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="deputises_for",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["person", "contract"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("person", "role", "contract", "service_area"),
                                name="assignment_once_per_area",
                                violation_error_message="This person already holds that role for that service area.",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("service_area__isnull", True)),
                                fields=("person", "role", "contract"),
                                name="assignment_once_per_contract",
                                violation_error_message="This person already holds that role for that contract.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="BusinessDay",
                    fields=[
                        (
                            "id",
                            models.PositiveSmallIntegerField(
                                default=1, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("today", models.DateField(verbose_name="today")),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("id", 1)),
                                name="business_day_is_one_row",
                                violation_error_message="There is only one today.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ClosedDay",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("closed_on", models.DateField(unique=True, verbose_name="closed on")),
                        ("reason", models.CharField(max_length=120, verbose_name="reason")),
                    ],
                    options={
                        "ordering": ["closed_on"],
                    },
                ),
                migrations.CreateModel(
                    name="Message",
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
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="messages",
                                to="contracts.contract",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="messages",
                                to=settings.AUTH_USER_MODEL,
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
                        ("key", models.CharField(max_length=200, verbose_name="occasion")),
                        ("subject", models.CharField(max_length=200)),
                        ("body", models.TextField()),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("waiting", "waiting to be sent"),
                                    ("sending", "being sent"),
                                    ("sent", "sent"),
                                    ("failed", "could not be sent"),
                                    ("unsure", "may have been sent"),
                                ],
                                default="waiting",
                                max_length=8,
                            ),
                        ),
                        ("attempts", models.PositiveSmallIntegerField(default=0)),
                        ("error", models.TextField(blank=True)),
                        ("written_at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "try_after",
                            models.DateTimeField(blank=True, null=True, verbose_name="not to be tried again before"),
                        ),
                        ("claim", models.CharField(blank=True, max_length=32, verbose_name="who is sending it")),
                        ("claimed_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "handed_over_at",
                            models.DateTimeField(
                                blank=True, null=True, verbose_name="from when on it may have gone out"
                            ),
                        ),
                        ("sent_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "ordering": ["-written_at", "-pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("person", "key"),
                                name="message_once_per_person_and_occasion",
                                violation_error_message="This person was already told.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["waiting", "sending", "sent", "failed", "unsure"])),
                                name="message_state_is_known",
                                violation_error_message="A message is waiting, being sent, sent, failed, or may have been sent.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "sending"), _negated=True),
                                    models.Q(models.Q(("claim", ""), _negated=True), ("claimed_at__isnull", False)),
                                    _connector="OR",
                                ),
                                name="message_is_claimed_while_sending",
                                violation_error_message="A message being sent names its sender and since when.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "sent"), _negated=True),
                                    ("sent_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="message_sent_has_a_time",
                                violation_error_message="A sent message says when.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MutedKind",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="muted_kinds",
                                to=settings.AUTH_USER_MODEL,
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
                    ],
                    options={
                        "ordering": ["person", "kind"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("person", "kind"),
                                name="muted_kind_once_per_person",
                                violation_error_message="This kind is already turned off.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Question",
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
                                related_name="questions",
                                to="contracts.contract",
                            ),
                        ),
                        ("reference", models.SlugField(max_length=40, verbose_name="reference")),
                        (
                            "about",
                            models.CharField(
                                choices=[
                                    ("figure", "a figure"),
                                    ("exception", "a exception"),
                                    ("project", "a project"),
                                ],
                                max_length=10,
                                verbose_name="about",
                            ),
                        ),
                        ("kpi", models.CharField(blank=True, max_length=20, verbose_name="KPI")),
                        ("project", models.CharField(blank=True, max_length=40, verbose_name="project")),
                        ("month", contracts.fields.MonthField(blank=True, null=True, verbose_name="month")),
                        ("rule", models.CharField(blank=True, max_length=24, verbose_name="exception rule")),
                        ("text", models.TextField(verbose_name="what is asked")),
                        (
                            "asked_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="questions_asked",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("asked_at", models.DateTimeField(verbose_name="asked at")),
                        (
                            "owner",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="questions_owned",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[("asked", "asked"), ("answered", "answered"), ("withdrawn", "withdrawn")],
                                default="asked",
                                max_length=10,
                                verbose_name="state",
                            ),
                        ),
                        ("answer", models.TextField(blank=True, verbose_name="answer")),
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
                        ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="answered at")),
                        (
                            "follows",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="followed_by",
                                to="contracts.question",
                            ),
                        ),
                        (
                            "minuted_by",
                            models.CharField(blank=True, max_length=200, verbose_name="board that minuted it"),
                        ),
                        (
                            "minuted_on",
                            models.DateField(blank=True, null=True, verbose_name="minuted at the meeting of"),
                        ),
                        ("version", models.PositiveIntegerField(default=1, editable=False)),
                    ],
                    options={
                        "ordering": ["contract", "asked_at", "reference"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("contract", "reference"),
                                name="question_reference_once_per_contract",
                                violation_error_message="This contract already has a question with that reference.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("month__isnull", True), ("month__day", 1), _connector="OR"),
                                name="question_is_about_a_month",
                                violation_error_message="A month is kept as the date of its first day.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("about", "figure"),
                                        ("project", ""),
                                        ("rule", ""),
                                        models.Q(("kpi", ""), _negated=True),
                                    ),
                                    models.Q(
                                        ("about", "exception"),
                                        ("month__isnull", False),
                                        ("project", ""),
                                        models.Q(("kpi", ""), _negated=True),
                                        models.Q(("rule", ""), _negated=True),
                                    ),
                                    models.Q(
                                        ("about", "project"),
                                        ("kpi", ""),
                                        ("month__isnull", True),
                                        ("rule", ""),
                                        models.Q(("project", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="question_is_about_one_thing",
                                violation_error_message="A question is about a KPI, an exception of a month, or a project.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["asked", "answered", "withdrawn"])),
                                name="question_state_is_known",
                                violation_error_message="A question is asked, answered or withdrawn.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("text", ""), _negated=True),
                                name="question_asks_something",
                                violation_error_message="Say what you want to know.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("answered_at__isnull", False),
                                        ("answered_by__isnull", False),
                                        ("state", "answered"),
                                        models.Q(("answer", ""), _negated=True),
                                    ),
                                    models.Q(
                                        ("answer", ""),
                                        ("answered_at__isnull", True),
                                        ("answered_by__isnull", True),
                                        models.Q(("state", "answered"), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="question_answered_has_an_answer",
                                violation_error_message="An answered question says the answer, who gave it and when; no other does.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("minuted_by", ""), ("minuted_on__isnull", True)),
                                    models.Q(
                                        ("minuted_on__isnull", False),
                                        models.Q(("minuted_by", ""), _negated=True),
                                        models.Q(("state", "withdrawn"), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="question_minuted_names_the_meeting",
                                violation_error_message="A minuted question names the board and the day, and is not withdrawn.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalAssignment",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
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
                        (
                            "role",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="auth.group",
                            ),
                        ),
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
                            "deputy",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                help_text="Does the same work for this place while named here.",
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
                        "verbose_name": "historical assignment",
                        "verbose_name_plural": "historical assignments",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalClosedDay",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("closed_on", models.DateField(db_index=True, verbose_name="closed on")),
                        ("reason", models.CharField(max_length=120, verbose_name="reason")),
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
                        "verbose_name": "historical closed day",
                        "verbose_name_plural": "historical closed days",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalContract",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        (
                            "reference",
                            models.SlugField(
                                help_text="Short and lasting, for example CSS.", max_length=40, verbose_name="reference"
                            ),
                        ),
                        ("title", models.CharField(max_length=200, verbose_name="title")),
                        ("authority", models.CharField(max_length=200, verbose_name="authority")),
                        ("supplier", models.CharField(max_length=200, verbose_name="supplier")),
                        (
                            "commences_on",
                            models.DateField(help_text="Its month is contract month 1.", verbose_name="commences on"),
                        ),
                        ("ends_on", models.DateField(blank=True, null=True, verbose_name="ends on")),
                        (
                            "below_target_is_exception",
                            models.BooleanField(
                                default=True,
                                help_text="If not, only results below minimum are reported as exceptions.",
                                verbose_name="below target counts as an exception",
                            ),
                        ),
                        (
                            "history_months",
                            models.PositiveSmallIntegerField(
                                default=6,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(36),
                                ],
                                verbose_name="months of history in a paper",
                            ),
                        ),
                        (
                            "data_due_working_days",
                            models.PositiveSmallIntegerField(
                                default=10, verbose_name="working days after month end until data is due"
                            ),
                        ),
                        (
                            "remind_working_days",
                            models.PositiveSmallIntegerField(
                                default=2, verbose_name="working days before data is due at which officers are reminded"
                            ),
                        ),
                        (
                            "stale_relief_months",
                            models.PositiveSmallIntegerField(
                                default=3, verbose_name="months after which an open-ended relief stands out"
                            ),
                        ),
                        (
                            "slippage_green_days",
                            models.PositiveSmallIntegerField(
                                default=7, verbose_name="days late that still count as green"
                            ),
                        ),
                        (
                            "slippage_amber_months",
                            models.PositiveSmallIntegerField(
                                default=1, verbose_name="calendar months late that still count as amber"
                            ),
                        ),
                        (
                            "silent_days",
                            models.PositiveSmallIntegerField(
                                default=35, verbose_name="days without an update that make a project silent"
                            ),
                        ),
                        (
                            "key_project_count",
                            models.PositiveSmallIntegerField(default=20, verbose_name="number of key projects"),
                        ),
                        (
                            "operational_report_working_days",
                            models.PositiveSmallIntegerField(
                                default=5,
                                help_text="Long enough for the month’s updates to come in; before the next month ends.",
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(20),
                                ],
                                verbose_name="working days after month end until the operational project report is written",
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
                        "verbose_name": "historical contract",
                        "verbose_name_plural": "historical contracts",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalPerson",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        (
                            "is_superuser",
                            models.BooleanField(
                                default=False,
                                help_text="Designates that this user has all permissions without explicitly assigning them.",
                                verbose_name="superuser status",
                            ),
                        ),
                        (
                            "is_staff",
                            models.BooleanField(
                                default=False,
                                help_text="Designates whether the user can log into this admin site.",
                                verbose_name="staff status",
                            ),
                        ),
                        (
                            "is_active",
                            models.BooleanField(
                                default=True,
                                help_text="Designates whether this user should be treated as active. Unselect this instead of deleting accounts.",
                                verbose_name="active",
                            ),
                        ),
                        (
                            "date_joined",
                            models.DateTimeField(default=django.utils.timezone.now, verbose_name="date joined"),
                        ),
                        ("email", models.EmailField(db_index=True, max_length=254, verbose_name="e-mail address")),
                        ("job_title", models.CharField(max_length=120, verbose_name="job title")),
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
                        "verbose_name": "historical person",
                        "verbose_name_plural": "historical people",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalQuestion",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("reference", models.SlugField(max_length=40, verbose_name="reference")),
                        (
                            "about",
                            models.CharField(
                                choices=[
                                    ("figure", "a figure"),
                                    ("exception", "a exception"),
                                    ("project", "a project"),
                                ],
                                max_length=10,
                                verbose_name="about",
                            ),
                        ),
                        ("kpi", models.CharField(blank=True, max_length=20, verbose_name="KPI")),
                        ("project", models.CharField(blank=True, max_length=40, verbose_name="project")),
                        ("month", contracts.fields.MonthField(blank=True, null=True, verbose_name="month")),
                        ("rule", models.CharField(blank=True, max_length=24, verbose_name="exception rule")),
                        ("text", models.TextField(verbose_name="what is asked")),
                        ("asked_at", models.DateTimeField(verbose_name="asked at")),
                        (
                            "state",
                            models.CharField(
                                choices=[("asked", "asked"), ("answered", "answered"), ("withdrawn", "withdrawn")],
                                default="asked",
                                max_length=10,
                                verbose_name="state",
                            ),
                        ),
                        ("answer", models.TextField(blank=True, verbose_name="answer")),
                        ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="answered at")),
                        (
                            "minuted_by",
                            models.CharField(blank=True, max_length=200, verbose_name="board that minuted it"),
                        ),
                        (
                            "minuted_on",
                            models.DateField(blank=True, null=True, verbose_name="minuted at the meeting of"),
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
                            "asked_by",
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
                            "owner",
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
                        (
                            "follows",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="contracts.question",
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
                        "verbose_name": "historical question",
                        "verbose_name_plural": "historical questions",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalServiceArea",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("code", models.SlugField(max_length=12, verbose_name="code")),
                        ("name", models.CharField(max_length=120, verbose_name="name")),
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
                        "verbose_name": "historical service area",
                        "verbose_name_plural": "historical service areas",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
            ]
        ),
    ]
