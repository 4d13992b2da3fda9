import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("contracts", "0008_paper_messages"),
        ("reports", "0008_narratives"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="FrozenFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("format", models.CharField(max_length=8)),
                ("name", models.CharField(max_length=200)),
                ("path", models.CharField(max_length=300, unique=True, verbose_name="path inside the papers' folder")),
                ("size", models.PositiveIntegerField(verbose_name="bytes")),
                ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
            ],
            options={
                "ordering": ["frozen", "format", "name"],
            },
        ),
        migrations.CreateModel(
            name="FrozenPaper",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
            ],
            options={
                "ordering": ["paper", "-audience"],
            },
        ),
        migrations.CreateModel(
            name="PaperAct",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                ("at", models.DateTimeField(verbose_name="at")),
                ("words", models.TextField(blank=True, verbose_name="reason")),
                ("address", models.URLField(blank=True, max_length=500, verbose_name="where it was published")),
                ("published_at", models.DateTimeField(blank=True, null=True, verbose_name="when it was published")),
            ],
            options={
                "ordering": ["paper", "at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="UploadedEdition",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
            ],
            options={
                "ordering": ["paper", "uploaded_at"],
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
        migrations.AddField(
            model_name="frozenpaper",
            name="frozen_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="frozenpaper",
            name="paper",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="frozen", to="reports.paper"
            ),
        ),
        migrations.AddField(
            model_name="frozenfile",
            name="frozen",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="files", to="reports.frozenpaper"
            ),
        ),
        migrations.AddField(
            model_name="paperact",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="paperact",
            name="paper",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="acts", to="reports.paper"
            ),
        ),
        migrations.AddField(
            model_name="uploadededition",
            name="paper",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="uploaded", to="reports.paper"
            ),
        ),
        migrations.AddField(
            model_name="uploadededition",
            name="uploaded_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddConstraint(
            model_name="frozenpaper",
            constraint=models.UniqueConstraint(
                fields=("paper", "audience"),
                name="frozen_paper_once_per_audience",
                violation_error_message="This paper is frozen already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="frozenpaper",
            constraint=models.CheckConstraint(
                condition=models.Q(("audience__in", ["public", "exempt"])),
                name="frozen_paper_audience_is_known",
                violation_error_message="A frozen paper is public or exempt.",
            ),
        ),
        migrations.AddConstraint(
            model_name="frozenfile",
            constraint=models.UniqueConstraint(
                fields=("frozen", "name"),
                name="frozen_file_once_per_name",
                violation_error_message="This frozen paper already has a file of that name.",
            ),
        ),
        migrations.AddConstraint(
            model_name="paperact",
            constraint=models.CheckConstraint(
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
        ),
        migrations.AddConstraint(
            model_name="paperact",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("kind__in", ("taken back", "urgent", "withdrawn", "removal asked", "removal refused")),
                        _negated=True,
                    ),
                    models.Q(("words", ""), _negated=True),
                    _connector="OR",
                ),
                name="paper_act_gives_its_reason",
                violation_error_message="Give the reason.",
            ),
        ),
        migrations.AddConstraint(
            model_name="paperact",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("kind", "published"), ("published_at__isnull", False), models.Q(("address", ""), _negated=True)
                    ),
                    models.Q(
                        models.Q(("kind", "published"), _negated=True), ("address", ""), ("published_at__isnull", True)
                    ),
                    _connector="OR",
                ),
                name="paper_act_of_publication_says_when_and_where",
                violation_error_message="Say when and at what address it was published.",
            ),
        ),
        migrations.AddConstraint(
            model_name="uploadededition",
            constraint=models.UniqueConstraint(
                fields=("paper", "sha256"),
                name="uploaded_edition_once_per_content",
                violation_error_message="This very file was uploaded already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="uploadededition",
            constraint=models.CheckConstraint(
                condition=models.Q(("audience__in", ["public", "exempt"])),
                name="uploaded_edition_audience_is_known",
                violation_error_message="A file is public or exempt.",
            ),
        ),
    ]
