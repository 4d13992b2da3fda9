"""
A workbook that somebody uploaded and has not confirmed yet.

It lies in the database, not in a folder: the machine that shows the preview need not be the one that imports it. It is
kept for an hour and goes with the import, or with the next one.
"""

from django.conf import settings
from django.db import models

from contracts.models import Contract


class WorkbookUpload(models.Model):
    """The last workbook a person uploaded for a contract, with what the preview of it said as a fingerprint."""

    contract = models.ForeignKey(Contract, on_delete=models.CASCADE, related_name="uploads")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="uploads")
    name = models.CharField("file name", max_length=255)
    content = models.BinaryField("content")
    sha256 = models.CharField("SHA-256", max_length=64)
    reason = models.TextField("reason", blank=True)
    shown = models.CharField("fingerprint of the preview", max_length=64)
    uploaded_at = models.DateTimeField("uploaded at")

    class Meta:
        ordering = ["contract", "person"]
        constraints = [
            models.UniqueConstraint(
                fields=["contract", "person"],
                name="workbook_upload_once_per_person",
                violation_error_message="This person already uploaded a workbook for this contract.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.contract.reference}: {self.name}"
