import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("contracts", "0003_messages_and_deputies"),
        ("reports", "0002_request_question"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="WorkbookUpload",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=255, verbose_name="file name")),
                ("content", models.BinaryField(verbose_name="content")),
                ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                ("reason", models.TextField(blank=True, verbose_name="reason")),
                ("shown", models.CharField(max_length=64, verbose_name="fingerprint of the preview")),
                ("uploaded_at", models.DateTimeField(verbose_name="uploaded at")),
                (
                    "contract",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="uploads", to="contracts.contract"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="uploads", to=settings.AUTH_USER_MODEL
                    ),
                ),
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
    ]
