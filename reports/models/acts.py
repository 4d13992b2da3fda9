"""
What was done with a paper, by whom and when: signed off, handed over, published, withdrawn, removed.

Acts are rows that the database neither changes nor deletes. A paper's status is what its acts have made of it: the
column is set in the transaction of the act.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q

from contracts.fields import choice_constraint
from contracts.models.traces import Traced
from reports.models.frozen import UploadedEdition
from reports.models.paper import Paper

NEEDS_WORDS = ("taken back", "urgent", "withdrawn", "removal asked", "removal refused")


class PaperAct(models.Model):
    """One act. ``words`` are its reason; ``address`` and ``published_at`` belong to a publication."""

    class Kind(models.TextChoices):
        SIGNED_OFF = "signed off", "signed off"
        COUNTERSIGNED = "countersigned", "countersigned"
        TAKEN_BACK = "taken back", "sign-off taken back"
        HANDED_OVER = "handed over", "handed to the clerk"
        PUBLISHED = "published", "published"
        URGENT = "urgent", "the Chair’s reason for urgency recorded"
        WITHDRAWN = "withdrawn", "withdrawn"
        REMOVAL_ASKED = "removal asked", "removal asked for"
        REMOVAL_REFUSED = "removal refused", "removal refused"
        REMOVED = "removed", "removed"

    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="acts")
    kind = models.CharField(max_length=16, choices=Kind.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("at")
    words = models.TextField("reason", blank=True)
    address = models.URLField("where it was published", max_length=500, blank=True)
    published_at = models.DateTimeField("when it was published", null=True, blank=True)

    class Meta:
        ordering = ["paper", "at", "pk"]
        constraints = [
            choice_constraint(
                "kind",
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
                name="paper_act_kind_is_known",
                message="A paper is signed off, handed over, published, withdrawn or removed.",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=NEEDS_WORDS) | ~Q(words=""),
                name="paper_act_gives_its_reason",
                violation_error_message="Give the reason.",
            ),
            models.CheckConstraint(
                condition=(Q(kind="published", published_at__isnull=False) & ~Q(address=""))
                | (~Q(kind="published") & Q(published_at__isnull=True, address="")),
                name="paper_act_of_publication_says_when_and_where",
                violation_error_message="Say when and at what address it was published.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.paper}: {self.get_kind_display()}"


class ActOrigin(Traced):
    """
    Where an act on a paper came from, or a file that was kept beside one: written with it and never changed.

    It has a table of its own, for those of the acts and of the files are not altered any more.
    """

    act = models.OneToOneField(PaperAct, on_delete=models.PROTECT, null=True, blank=True, related_name="origin")
    upload = models.OneToOneField(
        UploadedEdition, on_delete=models.PROTECT, null=True, blank=True, related_name="origin"
    )

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(act__isnull=False, upload__isnull=True) | Q(act__isnull=True, upload__isnull=False),
                name="act_origin_is_of_one_act",
                violation_error_message="It says of one act, or of one file, where it came from.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.act or self.upload}: from {self.history_address or self.history_request or 'nowhere known'}"
