"""
What was handed to the clerk: it never changes again, and the database itself refuses to change it.

Later migrations leave these tables alone, so that the triggers on them stay. Only the text of a snapshot can go, once
two people have removed the paper together; its title, its hash and who removed it stay.
"""

from django.conf import settings
from django.db import models

from contracts.fields import choice_constraint
from reports.models.paper import Audience, Paper


class FrozenPaper(models.Model):
    """One half of a paper, public or exempt, as it went to the clerk; ``address`` is where the public reads it."""

    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="frozen")
    audience = models.CharField(max_length=6, choices=Audience.choices)
    title = models.CharField(max_length=300)
    address = models.SlugField("permanent address", max_length=200, unique=True)
    sha256 = models.CharField("SHA-256 of the snapshot", max_length=64)
    frozen_at = models.DateTimeField("frozen at")
    frozen_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["paper", "-audience"]
        constraints = [
            models.UniqueConstraint(
                fields=["paper", "audience"],
                name="frozen_paper_once_per_audience",
                violation_error_message="This paper is frozen already.",
            ),
            choice_constraint(
                "audience",
                ["public", "exempt"],
                name="frozen_paper_audience_is_known",
                message="A frozen paper is public or exempt.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.audience})"


class FrozenSnapshot(models.Model):
    """The snapshot of a frozen paper as JSON text."""

    frozen = models.OneToOneField(FrozenPaper, on_delete=models.PROTECT, primary_key=True, related_name="snapshot")
    text = models.TextField("snapshot as JSON")

    class Meta:
        ordering = ["frozen"]

    def __str__(self) -> str:
        return str(self.frozen)


class FrozenFile(models.Model):
    """A file of a frozen paper: its name, where it lies in the papers' folder, and what it must hash to."""

    frozen = models.ForeignKey(FrozenPaper, on_delete=models.PROTECT, related_name="files")
    format = models.CharField(max_length=8)
    name = models.CharField(max_length=200)
    path = models.CharField("path inside the papers' folder", max_length=300, unique=True)
    size = models.PositiveIntegerField("bytes")
    sha256 = models.CharField("SHA-256", max_length=64)

    class Meta:
        ordering = ["frozen", "format", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["frozen", "name"],
                name="frozen_file_once_per_name",
                violation_error_message="This frozen paper already has a file of that name.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class UploadedEdition(models.Model):
    """A file of the paper as the council edited it, kept beside ours; what it says is the council's own."""

    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="uploaded")
    audience = models.CharField(max_length=6, choices=Audience.choices, default=Audience.PUBLIC)
    name = models.CharField("file name", max_length=200)
    content = models.BinaryField("content")
    content_type = models.CharField(max_length=120)
    size = models.PositiveIntegerField("bytes")
    sha256 = models.CharField("SHA-256", max_length=64)
    note = models.TextField("what was edited")
    uploaded_at = models.DateTimeField("uploaded at")
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["paper", "uploaded_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["paper", "sha256"],
                name="uploaded_edition_once_per_content",
                violation_error_message="This very file was uploaded already.",
            ),
            choice_constraint(
                "audience",
                ["public", "exempt"],
                name="uploaded_edition_audience_is_known",
                message="A file is public or exempt.",
            ),
        ]

    def __str__(self) -> str:
        return self.name
