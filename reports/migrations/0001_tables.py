"""The tables as they stand at first; an installation made before this one file took their place has them already."""

import contracts.fields
import django.db.models.deletion
import django.utils.timezone
import simple_history.models
from django.conf import settings
from django.db import migrations, models

from contracts.together import Together


class Migration(migrations.Migration):
    initial = True

    replaces = [
        ("reports", "0001_initial"),
        ("reports", "0002_request_question"),
        ("reports", "0003_workbook_uploads"),
        ("reports", "0004_portfolio_papers"),
        ("reports", "0005_calendar_of_meetings"),
        ("reports", "0006_request_owners"),
        ("reports", "0007_paper_editions"),
        ("reports", "0008_narratives"),
        ("reports", "0009_frozen_papers"),
        ("reports", "0010_errata"),
        ("reports", "0014_board_settings"),
        ("reports", "0016_publishable_months_withdrawn"),
        ("reports", "0017_errata_know_their_audience"),
        ("reports", "0018_papers_know_their_corrections"),
    ]

    dependencies = [
        ("contracts", "0001_tables"),
        ("kpis", "0001_tables"),
        ("projects", "0001_tables"),
    ]

    operations = [
        Together(
            [
                migrations.CreateModel(
                    name="Board",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=200, unique=True, verbose_name="name")),
                        (
                            "clear_days",
                            models.PositiveSmallIntegerField(default=5, verbose_name="clear days before a meeting"),
                        ),
                        (
                            "draft_days",
                            models.PositiveSmallIntegerField(
                                default=5, verbose_name="draft generated, before publication"
                            ),
                        ),
                        (
                            "sign_off_days",
                            models.PositiveSmallIntegerField(default=2, verbose_name="sign-off, before publication"),
                        ),
                        (
                            "with_clerk_days",
                            models.PositiveSmallIntegerField(
                                default=1, verbose_name="with the clerk, before publication"
                            ),
                        ),
                        (
                            "addendum_cut_off_days",
                            models.PositiveSmallIntegerField(
                                default=1, verbose_name="addendum cut-off, before the meeting"
                            ),
                        ),
                        (
                            "recommendation",
                            models.TextField(
                                default="That the report be noted.", verbose_name="recommendation of its papers"
                            ),
                        ),
                        (
                            "author",
                            models.CharField(
                                blank=True, max_length=200, verbose_name="author of its papers, by job title"
                            ),
                        ),
                        (
                            "paper_years",
                            models.PositiveSmallIntegerField(default=6, verbose_name="papers are kept, in years"),
                        ),
                        (
                            "background_years",
                            models.PositiveSmallIntegerField(
                                default=4, verbose_name="background papers are kept, in years"
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1, editable=False)),
                        (
                            "contracts",
                            models.ManyToManyField(blank=True, related_name="boards", to="contracts.contract"),
                        ),
                    ],
                    options={
                        "ordering": ["name"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("clear_days__gte", 1), ("clear_days__lte", 20)),
                                name="board_clear_days_are_1_to_20",
                                violation_error_message="Between 1 and 20 clear days lie before a meeting.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("draft_days__gte", models.F("sign_off_days")),
                                    ("sign_off_days__gte", models.F("with_clerk_days")),
                                ),
                                name="board_drafts_before_it_signs_off",
                                violation_error_message="The draft comes first, then sign-off, then the clerk: more days before.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("addendum_cut_off_days__lte", 20), ("draft_days__lte", 60)),
                                name="board_offsets_are_not_far_off",
                                violation_error_message="At most 60 working days before publication, at most 20 before the meeting.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("background_years__gte", 1),
                                    ("background_years__lte", 100),
                                    ("paper_years__gte", 1),
                                    ("paper_years__lte", 100),
                                ),
                                name="board_keeps_papers_1_to_100_years",
                                violation_error_message="Papers are kept between 1 and 100 years.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Meeting",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "board",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="meetings", to="reports.board"
                            ),
                        ),
                        ("meeting_on", models.DateField(verbose_name="meeting on")),
                        (
                            "status",
                            models.CharField(
                                choices=[("planned", "planned"), ("held", "held"), ("cancelled", "cancelled")],
                                default="planned",
                                max_length=10,
                                verbose_name="status",
                            ),
                        ),
                        ("starts_at", models.TimeField(blank=True, null=True, verbose_name="starts at")),
                        ("place", models.CharField(blank=True, max_length=200, verbose_name="place")),
                        ("moved_from", models.DateField(blank=True, null=True, verbose_name="moved from")),
                        ("reason", models.TextField(blank=True, verbose_name="why it was moved or cancelled")),
                        ("version", models.PositiveIntegerField(default=1, editable=False)),
                    ],
                    options={
                        "ordering": ["meeting_on", "board"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("board", "meeting_on"),
                                name="meeting_once_per_board_and_day",
                                violation_error_message="This board already meets on that day.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("status__in", ["planned", "held", "cancelled"])),
                                name="meeting_status_is_known",
                                violation_error_message="A meeting is planned, held or cancelled.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("moved_from__isnull", True),
                                    models.Q(("moved_from", models.F("meeting_on")), _negated=True),
                                    _connector="OR",
                                ),
                                name="meeting_moved_from_another_day",
                                violation_error_message="A meeting is moved from one day to another.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="BoardRequest",
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
                                related_name="board_requests",
                                to="contracts.contract",
                            ),
                        ),
                        ("reference", models.CharField(max_length=40, verbose_name="reference")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("resolution", "resolution"),
                                    ("question", "question"),
                                    ("request", "request"),
                                ],
                                default="request",
                                max_length=10,
                                verbose_name="kind",
                            ),
                        ),
                        ("raised_on", models.DateField(verbose_name="raised on")),
                        ("raised_by", models.CharField(blank=True, max_length=200, verbose_name="raised by")),
                        ("text", models.TextField(verbose_name="what was asked")),
                        ("owner", models.CharField(blank=True, max_length=200, verbose_name="owner")),
                        (
                            "assigned_to",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="board_requests",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "meeting",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="requests",
                                to="reports.meeting",
                                verbose_name="minuted at",
                            ),
                        ),
                        (
                            "due_meeting_on",
                            models.DateField(blank=True, null=True, verbose_name="due at the meeting of"),
                        ),
                        (
                            "status",
                            models.CharField(
                                choices=[("open", "open"), ("answered", "answered"), ("closed", "closed")],
                                default="open",
                                max_length=10,
                                verbose_name="status",
                            ),
                        ),
                        ("answer", models.TextField(blank=True, verbose_name="answer")),
                        ("answered_on", models.DateField(blank=True, null=True, verbose_name="answered on")),
                        ("closed_on", models.DateField(blank=True, null=True, verbose_name="closed on")),
                        ("version", models.PositiveIntegerField(default=1, editable=False)),
                        (
                            "question",
                            models.ForeignKey(
                                blank=True,
                                help_text="The question of a member that was minuted.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="board_requests",
                                to="contracts.question",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "request of the Board",
                        "verbose_name_plural": "requests of the Board",
                        "ordering": ["contract", "raised_on", "reference"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("contract", "reference"),
                                name="board_request_reference_once_per_contract",
                                violation_error_message="This contract already has a request with that reference.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("kind__in", ["resolution", "question", "request"])),
                                name="board_request_kind_is_known",
                                violation_error_message="The Board resolves, asks a question or makes a request.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("status__in", ["open", "answered", "closed"])),
                                name="board_request_status_is_known",
                                violation_error_message="A request is open, answered or closed.",
                            ),
                            models.UniqueConstraint(
                                fields=("question",),
                                name="board_request_once_per_question",
                                violation_error_message="This question was already minuted.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("status", "open"), models.Q(("answer", ""), _negated=True), _connector="OR"
                                ),
                                name="board_request_is_closed_with_an_answer",
                                violation_error_message="A request is answered or closed with an answer.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PaperRun",
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
                                related_name="paper_runs",
                                to="contracts.contract",
                            ),
                        ),
                        (
                            "meeting",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="paper_runs",
                                to="reports.meeting",
                            ),
                        ),
                        ("month", contracts.fields.MonthField(blank=True, null=True, verbose_name="month")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("report", "exception report"),
                                    ("addendum", "addendum"),
                                    ("projects", "projects paper"),
                                    ("operational", "operational project report"),
                                    ("erratum", "slip of errata"),
                                ],
                                default="report",
                                max_length=12,
                            ),
                        ),
                        (
                            "number",
                            models.PositiveSmallIntegerField(default=0, verbose_name="number of the addendum or slip"),
                        ),
                        ("revision", models.PositiveSmallIntegerField(default=1)),
                        (
                            "edition",
                            models.CharField(
                                choices=[("draft", "draft"), ("signed off", "signed off"), ("final", "final")],
                                default="draft",
                                max_length=10,
                            ),
                        ),
                        (
                            "asked_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("reason", models.TextField(blank=True, verbose_name="why it was asked for")),
                        ("due_on", models.DateField(verbose_name="due on")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("queued", "queued"),
                                    ("running", "running"),
                                    ("finished", "finished"),
                                    ("failed", "failed"),
                                ],
                                default="queued",
                                max_length=10,
                            ),
                        ),
                        (
                            "stage",
                            models.CharField(
                                choices=[
                                    ("waiting", "waiting for a worker"),
                                    ("reading", "reading the figures"),
                                    ("rendering", "writing the files"),
                                    ("storing", "storing the paper"),
                                    ("done", "done"),
                                ],
                                default="waiting",
                                max_length=10,
                            ),
                        ),
                        ("attempts", models.PositiveSmallIntegerField(default=0)),
                        (
                            "claim",
                            models.CharField(
                                blank=True, max_length=64, verbose_name="claim of the worker that writes it"
                            ),
                        ),
                        ("queued_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("started_at", models.DateTimeField(blank=True, null=True)),
                        ("heartbeat_at", models.DateTimeField(blank=True, null=True)),
                        ("finished_at", models.DateTimeField(blank=True, null=True)),
                        ("error", models.TextField(blank=True)),
                    ],
                    options={
                        "ordering": ["-queued_at"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("contract", "meeting", "kind", "number", "revision", "edition"),
                                name="paper_run_once_per_revision",
                                violation_error_message="This paper is already being written.",
                            ),
                            models.UniqueConstraint(
                                fields=("contract", "month", "kind", "revision"),
                                name="paper_run_once_per_month",
                                violation_error_message="This month’s report is already being written.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("month__isnull", True), ("month__day", 1), _connector="OR"),
                                name="paper_run_month_is_a_month",
                                violation_error_message="A month is kept as the date of its first day.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("edition__in", ["draft", "signed off", "final"])),
                                name="paper_run_edition_is_known",
                                violation_error_message="An edition is a draft, signed off or final.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("kind", "operational"), ("meeting__isnull", True), ("month__isnull", False)
                                    ),
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
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("kind__in", ["report", "addendum", "projects", "operational", "erratum"])
                                ),
                                name="paper_run_kind_is_known",
                                violation_error_message="A paper is a report, an addendum, a slip of errata, a projects paper or an operational project report.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("stage__in", ["waiting", "reading", "rendering", "storing", "done"])
                                ),
                                name="paper_run_stage_is_known",
                                violation_error_message="A run waits, reads, writes, stores or is done.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["queued", "running", "finished", "failed"])),
                                name="paper_run_state_is_known",
                                violation_error_message="A run is queued, running, finished or failed.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "running"), _negated=True),
                                    models.Q(models.Q(("claim", ""), _negated=True), ("heartbeat_at__isnull", False)),
                                    _connector="OR",
                                ),
                                name="paper_run_is_claimed_while_running",
                                violation_error_message="A running paper has a worker and a heartbeat.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Paper",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "run",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT, related_name="paper", to="reports.paperrun"
                            ),
                        ),
                        (
                            "contract",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="papers",
                                to="contracts.contract",
                            ),
                        ),
                        (
                            "meeting",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="papers",
                                to="reports.meeting",
                            ),
                        ),
                        ("month", contracts.fields.MonthField(blank=True, null=True, verbose_name="month")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("report", "exception report"),
                                    ("addendum", "addendum"),
                                    ("projects", "projects paper"),
                                    ("operational", "operational project report"),
                                    ("erratum", "slip of errata"),
                                ],
                                default="report",
                                max_length=12,
                            ),
                        ),
                        (
                            "number",
                            models.PositiveSmallIntegerField(default=0, verbose_name="number of the addendum or slip"),
                        ),
                        (
                            "of",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="bound",
                                to="reports.paper",
                            ),
                        ),
                        ("revision", models.PositiveSmallIntegerField(default=1)),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("draft", "draft"),
                                    ("signed off", "signed off"),
                                    ("with the clerk", "with the clerk"),
                                    ("published", "published"),
                                    ("withdrawn", "withdrawn"),
                                    ("removed", "removed"),
                                ],
                                default="draft",
                                max_length=14,
                            ),
                        ),
                        ("review_from", models.DateField()),
                        ("review_to", models.DateField()),
                        ("headline", models.TextField()),
                        ("snapshot", models.TextField(verbose_name="snapshot as JSON")),
                        ("sha256", models.CharField(max_length=64, verbose_name="SHA-256 of the snapshot")),
                        (
                            "exempt_snapshot",
                            models.TextField(
                                blank=True, verbose_name="snapshot of what is not for publication, as JSON"
                            ),
                        ),
                        (
                            "exempt_sha256",
                            models.CharField(blank=True, max_length=64, verbose_name="SHA-256 of the exempt snapshot"),
                        ),
                        (
                            "last_correction",
                            models.PositiveBigIntegerField(
                                blank=True, null=True, verbose_name="latest correction that its figures hold"
                            ),
                        ),
                        ("made_on", models.DateField(verbose_name="things are as known on")),
                        ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        "ordering": ["-made_at"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("contract", "meeting", "kind", "number", "revision"),
                                name="paper_once_per_revision",
                                violation_error_message="This paper was already written.",
                            ),
                            models.UniqueConstraint(
                                fields=("contract", "month", "kind", "revision"),
                                name="paper_once_per_month",
                                violation_error_message="This month’s report was already written.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("month__isnull", True), ("month__day", 1), _connector="OR"),
                                name="paper_month_is_a_month",
                                violation_error_message="A month is kept as the date of its first day.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("kind__in", ["addendum", "erratum"]), ("number__gte", 1), ("of__isnull", False)
                                    ),
                                    models.Q(
                                        models.Q(("kind__in", ["addendum", "erratum"]), _negated=True),
                                        ("number", 0),
                                        ("of__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="paper_is_bound_where_it_has_a_number",
                                violation_error_message="An addendum or a slip has a number and the paper it belongs to, nothing else has.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("kind", "operational"), ("meeting__isnull", True), ("month__isnull", False)
                                    ),
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
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("kind__in", ["report", "addendum", "projects", "operational", "erratum"])
                                ),
                                name="paper_kind_is_known",
                                violation_error_message="A paper is a report, an addendum, a slip of errata, a projects paper or an operational project report.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "status__in",
                                        ["draft", "signed off", "with the clerk", "published", "withdrawn", "removed"],
                                    )
                                ),
                                name="paper_status_is_known",
                                violation_error_message="A paper is a draft, signed off, with the clerk, published, withdrawn or removed.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("review_to__gte", models.F("review_from"))),
                                name="paper_review_ends_after_it_begins",
                                violation_error_message="The last month of a review period cannot be before its first.",
                            ),
                        ],
                    },
                ),
                migrations.AddField(
                    model_name="PaperRun",
                    name="of",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="runs_bound_to_it",
                        to="reports.paper",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="PaperRun",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind__in", ["addendum", "erratum"]), ("number__gte", 1), ("of__isnull", False)),
                            models.Q(
                                models.Q(("kind__in", ["addendum", "erratum"]), _negated=True),
                                ("number", 0),
                                ("of__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="paper_run_is_bound_where_it_has_a_number",
                        violation_error_message="An addendum or a slip has a number and the paper it belongs to, nothing else has.",
                    ),
                ),
                migrations.CreateModel(
                    name="CheckedCorrection",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "correction",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="checked_papers",
                                to="kpis.correction",
                            ),
                        ),
                        (
                            "paper",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="checked_corrections",
                                to="reports.paper",
                            ),
                        ),
                        ("checked_at", models.DateTimeField(verbose_name="checked at")),
                    ],
                    options={
                        "ordering": ["correction", "paper"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("correction", "paper"),
                                name="correction_checked_once_per_paper",
                                violation_error_message="This correction was looked at already.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Erratum",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "paper",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="errata", to="reports.paper"
                            ),
                        ),
                        (
                            "correction",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="errata", to="kpis.correction"
                            ),
                        ),
                        (
                            "position",
                            models.PositiveIntegerField(verbose_name="order in which the numbers stand in the paper"),
                        ),
                        ("place", models.CharField(max_length=300, verbose_name="where it stands")),
                        ("printed", models.TextField(verbose_name="as printed")),
                        ("should_read", models.TextField(verbose_name="should read")),
                        ("because", models.TextField(verbose_name="because")),
                        (
                            "audience",
                            models.CharField(
                                choices=[("public", "public"), ("exempt", "exempt: not for publication")],
                                default="public",
                                max_length=6,
                            ),
                        ),
                        ("found_at", models.DateTimeField(verbose_name="found at")),
                    ],
                    options={
                        "verbose_name_plural": "errata",
                        "ordering": ["paper", "correction", "position", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("paper", "correction", "place"),
                                name="erratum_once_per_place_and_correction",
                                violation_error_message="This erratum is recorded already.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("place", ""), _negated=True),
                                name="erratum_names_its_place",
                                violation_error_message="Say where the number stands.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("audience__in", ["public", "exempt"])),
                                name="erratum_audience_is_known",
                                violation_error_message="An erratum is public or exempt.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Narrative",
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
                                related_name="narratives",
                                to="contracts.contract",
                            ),
                        ),
                        (
                            "meeting",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="narratives",
                                to="reports.meeting",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("report", "exception report"),
                                    ("addendum", "addendum"),
                                    ("projects", "projects paper"),
                                    ("operational", "operational project report"),
                                    ("erratum", "slip of errata"),
                                ],
                                default="report",
                                max_length=12,
                            ),
                        ),
                        (
                            "number",
                            models.PositiveSmallIntegerField(default=0, verbose_name="number of the addendum or slip"),
                        ),
                        ("item", models.CharField(blank=True, max_length=20, verbose_name="agenda item")),
                        ("headline", models.TextField(blank=True, verbose_name="headline")),
                        ("introduction", models.TextField(blank=True, verbose_name="introduction")),
                        ("recommendation", models.TextField(blank=True, verbose_name="recommendation")),
                        ("implications", models.TextField(blank=True, verbose_name="implications")),
                        ("consultation", models.TextField(blank=True, verbose_name="consultation")),
                        ("background", models.TextField(blank=True, verbose_name="background papers, one a line")),
                        ("author", models.CharField(blank=True, max_length=200, verbose_name="author’s job title")),
                        ("lateness", models.TextField(blank=True, verbose_name="reason for lateness")),
                        ("version", models.PositiveIntegerField(default=1, editable=False)),
                    ],
                    options={
                        "ordering": ["contract", "meeting", "kind", "number"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("contract", "meeting", "kind", "number"),
                                name="narrative_once_per_paper",
                                violation_error_message="This paper already has its words.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("kind__in", ["report", "addendum", "projects", "erratum"])),
                                name="narrative_kind_is_known",
                                violation_error_message="Words are written for a report, an addendum, a projects paper or a slip of errata.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ExemptMark",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "narrative",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="exempt_marks",
                                to="reports.narrative",
                            ),
                        ),
                        ("section", models.CharField(max_length=40, verbose_name="section")),
                        ("paragraph", models.PositiveSmallIntegerField(verbose_name="paragraph of Schedule 12A")),
                        (
                            "public_interest",
                            models.TextField(verbose_name="why the public interest is in withholding it"),
                        ),
                    ],
                    options={
                        "ordering": ["narrative", "section"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("narrative", "section"),
                                name="exempt_mark_once_per_section",
                                violation_error_message="This section is marked already.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("paragraph__gte", 1), ("paragraph__lte", 7)),
                                name="exempt_mark_names_a_paragraph",
                                violation_error_message="Part 1 of Schedule 12A has the paragraphs 1 to 7.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("public_interest", ""), _negated=True),
                                name="exempt_mark_gives_the_public_interest",
                                violation_error_message="Say why withholding it serves the public better than publishing it.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FrozenPaper",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "paper",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="frozen", to="reports.paper"
                            ),
                        ),
                        (
                            "audience",
                            models.CharField(
                                choices=[("public", "public"), ("exempt", "exempt: not for publication")], max_length=6
                            ),
                        ),
                        ("title", models.CharField(max_length=300)),
                        ("address", models.SlugField(max_length=200, unique=True, verbose_name="permanent address")),
                        ("sha256", models.CharField(max_length=64, verbose_name="SHA-256 of the snapshot")),
                        ("frozen_at", models.DateTimeField(verbose_name="frozen at")),
                        (
                            "frozen_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["paper", "-audience"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("paper", "audience"),
                                name="frozen_paper_once_per_audience",
                                violation_error_message="This paper is frozen already.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("audience__in", ["public", "exempt"])),
                                name="frozen_paper_audience_is_known",
                                violation_error_message="A frozen paper is public or exempt.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FrozenFile",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "frozen",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="files",
                                to="reports.frozenpaper",
                            ),
                        ),
                        ("format", models.CharField(max_length=8)),
                        ("name", models.CharField(max_length=200)),
                        (
                            "path",
                            models.CharField(
                                max_length=300, unique=True, verbose_name="path inside the papers' folder"
                            ),
                        ),
                        ("size", models.PositiveIntegerField(verbose_name="bytes")),
                        ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                    ],
                    options={
                        "ordering": ["frozen", "format", "name"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("frozen", "name"),
                                name="frozen_file_once_per_name",
                                violation_error_message="This frozen paper already has a file of that name.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FrozenSnapshot",
                    fields=[
                        (
                            "frozen",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                primary_key=True,
                                related_name="snapshot",
                                serialize=False,
                                to="reports.frozenpaper",
                            ),
                        ),
                        ("text", models.TextField(verbose_name="snapshot as JSON")),
                    ],
                    options={
                        "ordering": ["frozen"],
                    },
                ),
                migrations.CreateModel(
                    name="PaperAct",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "paper",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="acts", to="reports.paper"
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("signed off", "signed off"),
                                    ("countersigned", "countersigned"),
                                    ("taken back", "sign-off taken back"),
                                    ("handed over", "handed to the clerk"),
                                    ("published", "published"),
                                    ("urgent", "the Chair’s reason for urgency recorded"),
                                    ("withdrawn", "withdrawn"),
                                    ("removal asked", "removal asked for"),
                                    ("removal refused", "removal refused"),
                                    ("removed", "removed"),
                                ],
                                max_length=16,
                            ),
                        ),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("at", models.DateTimeField(verbose_name="at")),
                        ("words", models.TextField(blank=True, verbose_name="reason")),
                        ("address", models.URLField(blank=True, max_length=500, verbose_name="where it was published")),
                        (
                            "published_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="when it was published"),
                        ),
                    ],
                    options={
                        "ordering": ["paper", "at", "pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "kind__in",
                                        [
                                            "signed off",
                                            "countersigned",
                                            "taken back",
                                            "handed over",
                                            "published",
                                            "urgent",
                                            "withdrawn",
                                            "removal asked",
                                            "removal refused",
                                            "removed",
                                        ],
                                    )
                                ),
                                name="paper_act_kind_is_known",
                                violation_error_message="A paper is signed off, handed over, published, withdrawn or removed.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        (
                                            "kind__in",
                                            ("taken back", "urgent", "withdrawn", "removal asked", "removal refused"),
                                        ),
                                        _negated=True,
                                    ),
                                    models.Q(("words", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="paper_act_gives_its_reason",
                                violation_error_message="Give the reason.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("kind", "published"),
                                        ("published_at__isnull", False),
                                        models.Q(("address", ""), _negated=True),
                                    ),
                                    models.Q(
                                        models.Q(("kind", "published"), _negated=True),
                                        ("address", ""),
                                        ("published_at__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="paper_act_of_publication_says_when_and_where",
                                violation_error_message="Say when and at what address it was published.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PaperFile",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "paper",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="files", to="reports.paper"
                            ),
                        ),
                        (
                            "edition",
                            models.CharField(
                                choices=[("draft", "draft"), ("signed off", "signed off")],
                                default="draft",
                                max_length=10,
                            ),
                        ),
                        (
                            "audience",
                            models.CharField(
                                choices=[("public", "public"), ("exempt", "exempt: not for publication")],
                                default="public",
                                max_length=6,
                            ),
                        ),
                        ("format", models.CharField(max_length=8)),
                        ("name", models.CharField(max_length=200)),
                        (
                            "path",
                            models.CharField(
                                max_length=300, unique=True, verbose_name="path inside the papers' folder"
                            ),
                        ),
                        ("size", models.PositiveIntegerField(verbose_name="bytes")),
                        ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                    ],
                    options={
                        "ordering": ["paper", "format"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("paper", "edition", "name"),
                                name="paper_file_once_per_name",
                                violation_error_message="This paper already has a file of that name.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("edition__in", ["draft", "signed off"])),
                                name="paper_file_edition_is_known",
                                violation_error_message="Files are of a draft or of a paper that is signed off; final ones are frozen.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("audience__in", ["public", "exempt"])),
                                name="paper_file_audience_is_known",
                                violation_error_message="A file is public or exempt.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PaperTemplate",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "board",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="templates",
                                to="reports.board",
                            ),
                        ),
                        ("name", models.CharField(max_length=200, verbose_name="file name")),
                        ("content", models.BinaryField(verbose_name="content")),
                        ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                        ("uploaded_at", models.DateTimeField(verbose_name="uploaded at")),
                        (
                            "uploaded_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["board", "-uploaded_at", "-pk"],
                    },
                ),
                migrations.CreateModel(
                    name="PublishableMonth",
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
                                related_name="publishable_months",
                                to="contracts.contract",
                            ),
                        ),
                        ("month", contracts.fields.MonthField(verbose_name="month")),
                        ("reason", models.TextField(verbose_name="why it does not wait to be verified")),
                        ("declared_at", models.DateTimeField(verbose_name="declared at")),
                        (
                            "declared_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("withdrawn_at", models.DateTimeField(blank=True, null=True, verbose_name="withdrawn at")),
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
                    ],
                    options={
                        "ordering": ["contract", "month", "declared_at"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("withdrawn_at", None)),
                                fields=("contract", "month"),
                                name="publishable_month_once",
                                violation_error_message="This month is declared publishable already.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("month__isnull", True), ("month__day", 1), _connector="OR"),
                                name="publishable_month_is_a_month",
                                violation_error_message="A month is kept as the date of its first day.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("reason", ""), _negated=True),
                                name="publishable_month_gives_a_reason",
                                violation_error_message="Say why the month does not wait to be verified.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("withdrawn_at__isnull", True), ("withdrawn_by__isnull", True)),
                                    models.Q(("withdrawn_at__isnull", False), ("withdrawn_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="publishable_month_is_withdrawn_by_somebody",
                                violation_error_message="What is withdrawn says when, and by whom.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Remark",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "narrative",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="remarks",
                                to="reports.narrative",
                            ),
                        ),
                        ("about", models.CharField(choices=[("kpi", "KPI"), ("project", "project")], max_length=8)),
                        ("subject", models.CharField(max_length=40, verbose_name="code or reference")),
                        ("text", models.TextField(verbose_name="remark")),
                    ],
                    options={
                        "ordering": ["narrative", "about", "subject"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("narrative", "about", "subject"),
                                name="remark_once_per_subject",
                                violation_error_message="There is a remark on this already.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("about__in", ["kpi", "project"])),
                                name="remark_is_about_a_kpi_or_project",
                                violation_error_message="A KPI or a project.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("text", ""), _negated=True),
                                name="remark_says_something",
                                violation_error_message="Write the remark, or remove it.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ReviewPeriod",
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
                                related_name="review_periods",
                                to="contracts.contract",
                            ),
                        ),
                        (
                            "meeting",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="review_periods",
                                to="reports.meeting",
                            ),
                        ),
                        ("review_from", contracts.fields.MonthField(verbose_name="first month")),
                        ("review_to", contracts.fields.MonthField(verbose_name="last month")),
                    ],
                    options={
                        "ordering": ["contract", "meeting"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("contract", "meeting"),
                                name="review_period_once_per_contract_and_meeting",
                                violation_error_message="This contract already has a review period for that meeting.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("review_from__isnull", True), ("review_from__day", 1), _connector="OR"),
                                    models.Q(("review_to__isnull", True), ("review_to__day", 1), _connector="OR"),
                                ),
                                name="review_period_is_months",
                                violation_error_message="A month is kept as the date of its first day.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("review_to__gte", models.F("review_from"))),
                                name="review_period_ends_after_it_begins",
                                violation_error_message="The last month of a review period cannot be before its first.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="UploadedEdition",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "paper",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="uploaded", to="reports.paper"
                            ),
                        ),
                        (
                            "audience",
                            models.CharField(
                                choices=[("public", "public"), ("exempt", "exempt: not for publication")],
                                default="public",
                                max_length=6,
                            ),
                        ),
                        ("name", models.CharField(max_length=200, verbose_name="file name")),
                        ("content", models.BinaryField(verbose_name="content")),
                        ("content_type", models.CharField(max_length=120)),
                        ("size", models.PositiveIntegerField(verbose_name="bytes")),
                        ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                        ("note", models.TextField(verbose_name="what was edited")),
                        ("uploaded_at", models.DateTimeField(verbose_name="uploaded at")),
                        (
                            "uploaded_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["paper", "uploaded_at"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("paper", "sha256"),
                                name="uploaded_edition_once_per_content",
                                violation_error_message="This very file was uploaded already.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("audience__in", ["public", "exempt"])),
                                name="uploaded_edition_audience_is_known",
                                violation_error_message="A file is public or exempt.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="WorkbookUpload",
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
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="uploads",
                                to="contracts.contract",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="uploads",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("name", models.CharField(max_length=255, verbose_name="file name")),
                        ("content", models.BinaryField(verbose_name="content")),
                        ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                        ("reason", models.TextField(blank=True, verbose_name="reason")),
                        ("shown", models.CharField(max_length=64, verbose_name="fingerprint of the preview")),
                        ("uploaded_at", models.DateTimeField(verbose_name="uploaded at")),
                    ],
                    options={
                        "ordering": ["contract", "person"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("contract", "person"),
                                name="workbook_upload_once_per_person",
                                violation_error_message="This person already uploaded a workbook for this contract.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalBoard",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("name", models.CharField(db_index=True, max_length=200, verbose_name="name")),
                        (
                            "clear_days",
                            models.PositiveSmallIntegerField(default=5, verbose_name="clear days before a meeting"),
                        ),
                        (
                            "draft_days",
                            models.PositiveSmallIntegerField(
                                default=5, verbose_name="draft generated, before publication"
                            ),
                        ),
                        (
                            "sign_off_days",
                            models.PositiveSmallIntegerField(default=2, verbose_name="sign-off, before publication"),
                        ),
                        (
                            "with_clerk_days",
                            models.PositiveSmallIntegerField(
                                default=1, verbose_name="with the clerk, before publication"
                            ),
                        ),
                        (
                            "addendum_cut_off_days",
                            models.PositiveSmallIntegerField(
                                default=1, verbose_name="addendum cut-off, before the meeting"
                            ),
                        ),
                        (
                            "recommendation",
                            models.TextField(
                                default="That the report be noted.", verbose_name="recommendation of its papers"
                            ),
                        ),
                        (
                            "author",
                            models.CharField(
                                blank=True, max_length=200, verbose_name="author of its papers, by job title"
                            ),
                        ),
                        (
                            "paper_years",
                            models.PositiveSmallIntegerField(default=6, verbose_name="papers are kept, in years"),
                        ),
                        (
                            "background_years",
                            models.PositiveSmallIntegerField(
                                default=4, verbose_name="background papers are kept, in years"
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1, editable=False)),
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
                        "verbose_name": "historical board",
                        "verbose_name_plural": "historical boards",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalBoard_contracts",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        (
                            "board",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                db_tablespace="",
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="reports.board",
                            ),
                        ),
                        (
                            "contract",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                db_tablespace="",
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="contracts.contract",
                            ),
                        ),
                        (
                            "history",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                to="reports.historicalboard",
                            ),
                        ),
                        ("m2m_history_id", models.AutoField(primary_key=True, serialize=False)),
                    ],
                    options={
                        "verbose_name": "HistoricalBoard_contracts",
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalBoardRequest",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("reference", models.CharField(max_length=40, verbose_name="reference")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("resolution", "resolution"),
                                    ("question", "question"),
                                    ("request", "request"),
                                ],
                                default="request",
                                max_length=10,
                                verbose_name="kind",
                            ),
                        ),
                        ("raised_on", models.DateField(verbose_name="raised on")),
                        ("raised_by", models.CharField(blank=True, max_length=200, verbose_name="raised by")),
                        ("text", models.TextField(verbose_name="what was asked")),
                        ("owner", models.CharField(blank=True, max_length=200, verbose_name="owner")),
                        (
                            "due_meeting_on",
                            models.DateField(blank=True, null=True, verbose_name="due at the meeting of"),
                        ),
                        (
                            "status",
                            models.CharField(
                                choices=[("open", "open"), ("answered", "answered"), ("closed", "closed")],
                                default="open",
                                max_length=10,
                                verbose_name="status",
                            ),
                        ),
                        ("answer", models.TextField(blank=True, verbose_name="answer")),
                        ("answered_on", models.DateField(blank=True, null=True, verbose_name="answered on")),
                        ("closed_on", models.DateField(blank=True, null=True, verbose_name="closed on")),
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
                            "assigned_to",
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
                            "meeting",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="reports.meeting",
                                verbose_name="minuted at",
                            ),
                        ),
                        (
                            "question",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                help_text="The question of a member that was minuted.",
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
                        "verbose_name": "historical request of the Board",
                        "verbose_name_plural": "historical requests of the Board",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalExemptMark",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("section", models.CharField(max_length=40, verbose_name="section")),
                        ("paragraph", models.PositiveSmallIntegerField(verbose_name="paragraph of Schedule 12A")),
                        (
                            "public_interest",
                            models.TextField(verbose_name="why the public interest is in withholding it"),
                        ),
                        (
                            "narrative",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="reports.narrative",
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
                        "verbose_name": "historical exempt mark",
                        "verbose_name_plural": "historical exempt marks",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalMeeting",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("meeting_on", models.DateField(verbose_name="meeting on")),
                        (
                            "status",
                            models.CharField(
                                choices=[("planned", "planned"), ("held", "held"), ("cancelled", "cancelled")],
                                default="planned",
                                max_length=10,
                                verbose_name="status",
                            ),
                        ),
                        ("starts_at", models.TimeField(blank=True, null=True, verbose_name="starts at")),
                        ("place", models.CharField(blank=True, max_length=200, verbose_name="place")),
                        ("moved_from", models.DateField(blank=True, null=True, verbose_name="moved from")),
                        ("reason", models.TextField(blank=True, verbose_name="why it was moved or cancelled")),
                        ("version", models.PositiveIntegerField(default=1, editable=False)),
                        (
                            "board",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="reports.board",
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
                        "verbose_name": "historical meeting",
                        "verbose_name_plural": "historical meetings",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalNarrative",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("report", "exception report"),
                                    ("addendum", "addendum"),
                                    ("projects", "projects paper"),
                                    ("operational", "operational project report"),
                                    ("erratum", "slip of errata"),
                                ],
                                default="report",
                                max_length=12,
                            ),
                        ),
                        (
                            "number",
                            models.PositiveSmallIntegerField(default=0, verbose_name="number of the addendum or slip"),
                        ),
                        ("item", models.CharField(blank=True, max_length=20, verbose_name="agenda item")),
                        ("headline", models.TextField(blank=True, verbose_name="headline")),
                        ("introduction", models.TextField(blank=True, verbose_name="introduction")),
                        ("recommendation", models.TextField(blank=True, verbose_name="recommendation")),
                        ("implications", models.TextField(blank=True, verbose_name="implications")),
                        ("consultation", models.TextField(blank=True, verbose_name="consultation")),
                        ("background", models.TextField(blank=True, verbose_name="background papers, one a line")),
                        ("author", models.CharField(blank=True, max_length=200, verbose_name="author’s job title")),
                        ("lateness", models.TextField(blank=True, verbose_name="reason for lateness")),
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
                            "meeting",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="reports.meeting",
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
                        "verbose_name": "historical narrative",
                        "verbose_name_plural": "historical narratives",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalRemark",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("about", models.CharField(choices=[("kpi", "KPI"), ("project", "project")], max_length=8)),
                        ("subject", models.CharField(max_length=40, verbose_name="code or reference")),
                        ("text", models.TextField(verbose_name="remark")),
                        (
                            "narrative",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="reports.narrative",
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
                        "verbose_name": "historical remark",
                        "verbose_name_plural": "historical remarks",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalReviewPeriod",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("review_from", contracts.fields.MonthField(verbose_name="first month")),
                        ("review_to", contracts.fields.MonthField(verbose_name="last month")),
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
                            "meeting",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="reports.meeting",
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
                        "verbose_name": "historical review period",
                        "verbose_name_plural": "historical review periods",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
            ]
        ),
    ]
