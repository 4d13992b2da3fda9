import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("reports", "0010_errata"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="publishablemonth",
            options={"ordering": ["contract", "month", "declared_at"]},
        ),
        migrations.RemoveConstraint(
            model_name="publishablemonth",
            name="publishable_month_once",
        ),
        migrations.AddField(
            model_name="publishablemonth",
            name="withdrawn_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="withdrawn at"),
        ),
        migrations.AddField(
            model_name="publishablemonth",
            name="withdrawn_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            model_name="publishablemonth",
            constraint=models.UniqueConstraint(
                condition=models.Q(("withdrawn_at", None)),
                fields=("contract", "month"),
                name="publishable_month_once",
                violation_error_message="This month is declared publishable already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="publishablemonth",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("withdrawn_at__isnull", True), ("withdrawn_by__isnull", True)),
                    models.Q(("withdrawn_at__isnull", False), ("withdrawn_by__isnull", False)),
                    _connector="OR",
                ),
                name="publishable_month_is_withdrawn_by_somebody",
                violation_error_message="What is withdrawn says when, and by whom.",
            ),
        ),
    ]
