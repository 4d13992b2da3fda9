import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("contracts", "0008_paper_messages"),
        ("reports", "0006_request_owners"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="paper",
            name="paper_once_per_revision",
        ),
        migrations.RemoveConstraint(
            model_name="paper",
            name="paper_status_is_known",
        ),
        migrations.RemoveConstraint(
            model_name="paper",
            name="paper_kind_is_known",
        ),
        migrations.RemoveConstraint(
            model_name="paperfile",
            name="paper_file_once_per_name",
        ),
        migrations.RemoveConstraint(
            model_name="paperrun",
            name="paper_run_once_per_revision",
        ),
        migrations.RemoveConstraint(
            model_name="paperrun",
            name="paper_run_kind_is_known",
        ),
        migrations.AddField(
            model_name="paper",
            name="exempt_sha256",
            field=models.CharField(blank=True, max_length=64, verbose_name="SHA-256 of the exempt snapshot"),
        ),
        migrations.AddField(
            model_name="paper",
            name="exempt_snapshot",
            field=models.TextField(blank=True, verbose_name="snapshot of what is not for publication, as JSON"),
        ),
        migrations.AddField(
            model_name="paper",
            name="number",
            field=models.PositiveSmallIntegerField(default=0, verbose_name="number of the addendum or slip"),
        ),
        migrations.AddField(
            model_name="paper",
            name="of",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="bound",
                to="reports.paper",
            ),
        ),
        migrations.AddField(
            model_name="paperfile",
            name="audience",
            field=models.CharField(
                choices=[("public", "public"), ("exempt", "exempt: not for publication")],
                default="public",
                max_length=6,
            ),
        ),
        migrations.AddField(
            model_name="paperfile",
            name="edition",
            field=models.CharField(
                choices=[("draft", "draft"), ("signed off", "signed off")], default="draft", max_length=10
            ),
        ),
        migrations.AddField(
            model_name="paperrun",
            name="asked_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="paperrun",
            name="edition",
            field=models.CharField(
                choices=[("draft", "draft"), ("signed off", "signed off"), ("final", "final")],
                default="draft",
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="paperrun",
            name="number",
            field=models.PositiveSmallIntegerField(default=0, verbose_name="number of the addendum or slip"),
        ),
        migrations.AddField(
            model_name="paperrun",
            name="of",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="runs_bound_to_it",
                to="reports.paper",
            ),
        ),
        migrations.AddField(
            model_name="paperrun",
            name="reason",
            field=models.TextField(blank=True, verbose_name="why it was asked for"),
        ),
        migrations.AlterField(
            model_name="paper",
            name="kind",
            field=models.CharField(
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
        migrations.AlterField(
            model_name="paper",
            name="status",
            field=models.CharField(
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
        migrations.AlterField(
            model_name="paperrun",
            name="kind",
            field=models.CharField(
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
        migrations.AddConstraint(
            model_name="paper",
            constraint=models.UniqueConstraint(
                fields=("contract", "meeting", "kind", "number", "revision"),
                name="paper_once_per_revision",
                violation_error_message="This paper was already written.",
            ),
        ),
        migrations.AddConstraint(
            model_name="paper",
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
                name="paper_is_bound_where_it_has_a_number",
                violation_error_message="An addendum or a slip has a number and the paper it belongs to, nothing else has.",
            ),
        ),
        migrations.AddConstraint(
            model_name="paper",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["report", "addendum", "projects", "operational", "erratum"])),
                name="paper_kind_is_known",
                violation_error_message="A paper is a report, an addendum, a slip of errata, a projects paper or an operational project report.",
            ),
        ),
        migrations.AddConstraint(
            model_name="paper",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("status__in", ["draft", "signed off", "with the clerk", "published", "withdrawn", "removed"])
                ),
                name="paper_status_is_known",
                violation_error_message="A paper is a draft, signed off, with the clerk, published, withdrawn or removed.",
            ),
        ),
        migrations.AddConstraint(
            model_name="paperfile",
            constraint=models.UniqueConstraint(
                fields=("paper", "edition", "name"),
                name="paper_file_once_per_name",
                violation_error_message="This paper already has a file of that name.",
            ),
        ),
        migrations.AddConstraint(
            model_name="paperfile",
            constraint=models.CheckConstraint(
                condition=models.Q(("edition__in", ["draft", "signed off"])),
                name="paper_file_edition_is_known",
                violation_error_message="Files are of a draft or of a paper that is signed off; final ones are frozen.",
            ),
        ),
        migrations.AddConstraint(
            model_name="paperfile",
            constraint=models.CheckConstraint(
                condition=models.Q(("audience__in", ["public", "exempt"])),
                name="paper_file_audience_is_known",
                violation_error_message="A file is public or exempt.",
            ),
        ),
        migrations.AddConstraint(
            model_name="paperrun",
            constraint=models.UniqueConstraint(
                fields=("contract", "meeting", "kind", "number", "revision", "edition"),
                name="paper_run_once_per_revision",
                violation_error_message="This paper is already being written.",
            ),
        ),
        migrations.AddConstraint(
            model_name="paperrun",
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
        migrations.AddConstraint(
            model_name="paperrun",
            constraint=models.CheckConstraint(
                condition=models.Q(("edition__in", ["draft", "signed off", "final"])),
                name="paper_run_edition_is_known",
                violation_error_message="An edition is a draft, signed off or final.",
            ),
        ),
        migrations.AddConstraint(
            model_name="paperrun",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["report", "addendum", "projects", "operational", "erratum"])),
                name="paper_run_kind_is_known",
                violation_error_message="A paper is a report, an addendum, a slip of errata, a projects paper or an operational project report.",
            ),
        ),
    ]
