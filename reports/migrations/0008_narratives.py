import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("contracts", "0008_paper_messages"),
        ("reports", "0007_paper_editions"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ExemptMark",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("section", models.CharField(max_length=40, verbose_name="section")),
                ("paragraph", models.PositiveSmallIntegerField(verbose_name="paragraph of Schedule 12A")),
                ("public_interest", models.TextField(verbose_name="why the public interest is in withholding it")),
            ],
            options={
                "ordering": ["narrative", "section"],
            },
        ),
        migrations.CreateModel(
            name="HistoricalExemptMark",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("section", models.CharField(max_length=40, verbose_name="section")),
                ("paragraph", models.PositiveSmallIntegerField(verbose_name="paragraph of Schedule 12A")),
                ("public_interest", models.TextField(verbose_name="why the public interest is in withholding it")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.TextField(null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
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
                ("number", models.PositiveSmallIntegerField(default=0, verbose_name="number of the addendum or slip")),
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
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.TextField(null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
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
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.TextField(null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
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
            name="Narrative",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                ("number", models.PositiveSmallIntegerField(default=0, verbose_name="number of the addendum or slip")),
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
            },
        ),
        migrations.CreateModel(
            name="PaperTemplate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=200, verbose_name="file name")),
                ("content", models.BinaryField(verbose_name="content")),
                ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                ("uploaded_at", models.DateTimeField(verbose_name="uploaded at")),
            ],
            options={
                "ordering": ["board", "-uploaded_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Remark",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("about", models.CharField(choices=[("kpi", "KPI"), ("project", "project")], max_length=8)),
                ("subject", models.CharField(max_length=40, verbose_name="code or reference")),
                ("text", models.TextField(verbose_name="remark")),
            ],
            options={
                "ordering": ["narrative", "about", "subject"],
            },
        ),
        migrations.AddField(
            model_name="historicalexemptmark",
            name="history_user",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="historicalnarrative",
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
            model_name="historicalnarrative",
            name="history_user",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="historicalnarrative",
            name="meeting",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="reports.meeting",
            ),
        ),
        migrations.AddField(
            model_name="historicalremark",
            name="history_user",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="narrative",
            name="contract",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="narratives", to="contracts.contract"
            ),
        ),
        migrations.AddField(
            model_name="narrative",
            name="meeting",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="narratives", to="reports.meeting"
            ),
        ),
        migrations.AddField(
            model_name="historicalremark",
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
        migrations.AddField(
            model_name="historicalexemptmark",
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
        migrations.AddField(
            model_name="exemptmark",
            name="narrative",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="exempt_marks", to="reports.narrative"
            ),
        ),
        migrations.AddField(
            model_name="papertemplate",
            name="board",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="templates", to="reports.board"
            ),
        ),
        migrations.AddField(
            model_name="papertemplate",
            name="uploaded_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="remark",
            name="narrative",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="remarks", to="reports.narrative"
            ),
        ),
        migrations.AddConstraint(
            model_name="narrative",
            constraint=models.UniqueConstraint(
                fields=("contract", "meeting", "kind", "number"),
                name="narrative_once_per_paper",
                violation_error_message="This paper already has its words.",
            ),
        ),
        migrations.AddConstraint(
            model_name="narrative",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["report", "addendum", "projects", "erratum"])),
                name="narrative_kind_is_known",
                violation_error_message="Words are written for a report, an addendum, a projects paper or a slip of errata.",
            ),
        ),
        migrations.AddConstraint(
            model_name="exemptmark",
            constraint=models.UniqueConstraint(
                fields=("narrative", "section"),
                name="exempt_mark_once_per_section",
                violation_error_message="This section is marked already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="exemptmark",
            constraint=models.CheckConstraint(
                condition=models.Q(("paragraph__gte", 1), ("paragraph__lte", 7)),
                name="exempt_mark_names_a_paragraph",
                violation_error_message="Part 1 of Schedule 12A has the paragraphs 1 to 7.",
            ),
        ),
        migrations.AddConstraint(
            model_name="exemptmark",
            constraint=models.CheckConstraint(
                condition=models.Q(("public_interest", ""), _negated=True),
                name="exempt_mark_gives_the_public_interest",
                violation_error_message="Say why withholding it serves the public better than publishing it.",
            ),
        ),
        migrations.AddConstraint(
            model_name="remark",
            constraint=models.UniqueConstraint(
                fields=("narrative", "about", "subject"),
                name="remark_once_per_subject",
                violation_error_message="There is a remark on this already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="remark",
            constraint=models.CheckConstraint(
                condition=models.Q(("about__in", ["kpi", "project"])),
                name="remark_is_about_a_kpi_or_project",
                violation_error_message="A KPI or a project.",
            ),
        ),
        migrations.AddConstraint(
            model_name="remark",
            constraint=models.CheckConstraint(
                condition=models.Q(("text", ""), _negated=True),
                name="remark_says_something",
                violation_error_message="Write the remark, or remove it.",
            ),
        ),
    ]
