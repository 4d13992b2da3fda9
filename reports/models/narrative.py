"""
What people write into a paper: it stays when the paper is built again.

It belongs to the paper of a meeting, not to one of its revisions; an addendum or a slip has its own, by number.
"""

from django.db import models
from django.db.models import Q

from contracts.fields import choice_constraint
from contracts.models import Contract
from contracts.models.traces import History
from reports.models.board import Meeting
from reports.models.paper import Kind


class Narrative(models.Model):
    """The words around a paper's figures. What is left empty is worked out, or takes the board's own default."""

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="narratives")
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="narratives")
    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.REPORT)
    number = models.PositiveSmallIntegerField("number of the addendum or slip", default=0)
    item = models.CharField("agenda item", max_length=20, blank=True)
    headline = models.TextField("headline", blank=True)
    introduction = models.TextField("introduction", blank=True)
    recommendation = models.TextField("recommendation", blank=True)
    implications = models.TextField("implications", blank=True)
    consultation = models.TextField("consultation", blank=True)
    background = models.TextField("background papers, one a line", blank=True)
    author = models.CharField("author’s job title", max_length=200, blank=True)
    lateness = models.TextField("reason for lateness", blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    history = History()

    class Meta:
        ordering = ["contract", "meeting", "kind", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["contract", "meeting", "kind", "number"],
                name="narrative_once_per_paper",
                violation_error_message="This paper already has its words.",
            ),
            choice_constraint(
                "kind",
                ["report", "addendum", "projects", "erratum"],
                name="narrative_kind_is_known",
                message="Words are written for a report, an addendum, a projects paper or a slip of errata.",
            ),
        ]

    def __str__(self) -> str:
        number = f" {self.number}" if self.number else ""
        return f"{self.contract.reference} {self.meeting.meeting_on.isoformat()} {self.kind}{number}"


class Remark(models.Model):
    """What is said of one KPI or project that the paper lists, beside what was entered with its figures."""

    class About(models.TextChoices):
        KPI = "kpi", "KPI"
        PROJECT = "project", "project"

    narrative = models.ForeignKey(Narrative, on_delete=models.PROTECT, related_name="remarks")
    about = models.CharField(max_length=8, choices=About.choices)
    subject = models.CharField("code or reference", max_length=40)
    text = models.TextField("remark")

    history = History()

    class Meta:
        ordering = ["narrative", "about", "subject"]
        constraints = [
            models.UniqueConstraint(
                fields=["narrative", "about", "subject"],
                name="remark_once_per_subject",
                violation_error_message="There is a remark on this already.",
            ),
            choice_constraint(
                "about", ["kpi", "project"], name="remark_is_about_a_kpi_or_project", message="A KPI or a project."
            ),
            models.CheckConstraint(
                condition=~Q(text=""),
                name="remark_says_something",
                violation_error_message="Write the remark, or remove it.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject}: {self.text[:60]}"


class ExemptMark(models.Model):
    """A section or appendix not for publication: its paragraph of Schedule 12A, and why that serves the public."""

    narrative = models.ForeignKey(Narrative, on_delete=models.PROTECT, related_name="exempt_marks")
    section = models.CharField("section", max_length=40)
    paragraph = models.PositiveSmallIntegerField("paragraph of Schedule 12A")
    public_interest = models.TextField("why the public interest is in withholding it")

    history = History()

    class Meta:
        ordering = ["narrative", "section"]
        constraints = [
            models.UniqueConstraint(
                fields=["narrative", "section"],
                name="exempt_mark_once_per_section",
                violation_error_message="This section is marked already.",
            ),
            models.CheckConstraint(
                condition=Q(paragraph__gte=1, paragraph__lte=7),
                name="exempt_mark_names_a_paragraph",
                violation_error_message="Part 1 of Schedule 12A has the paragraphs 1 to 7.",
            ),
            models.CheckConstraint(
                condition=~Q(public_interest=""),
                name="exempt_mark_gives_the_public_interest",
                violation_error_message="Say why withholding it serves the public better than publishing it.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.section}: paragraph {self.paragraph}"


class ExemptAppendix(models.Model):
    """
    An appendix that people wrote for the exempt part of a paper and for nobody else.

    Like the other words it belongs to the paper of a meeting, and stays when that is built again.
    """

    narrative = models.ForeignKey(Narrative, on_delete=models.PROTECT, related_name="exempt_appendices")
    position = models.PositiveSmallIntegerField("place among the exempt appendices")
    title = models.CharField("title", max_length=200)
    text = models.TextField("text")
    paragraph = models.PositiveSmallIntegerField("paragraph of Schedule 12A")
    public_interest = models.TextField("why the public interest is in withholding it")

    history = History()

    class Meta:
        ordering = ["narrative", "position"]
        verbose_name_plural = "exempt appendices"
        constraints = [
            models.UniqueConstraint(
                fields=["narrative", "position"],
                name="exempt_appendix_once_per_place",
                violation_error_message="Another exempt appendix stands in this place.",
            ),
            models.CheckConstraint(
                condition=Q(paragraph__gte=1, paragraph__lte=7),
                name="exempt_appendix_names_a_paragraph",
                violation_error_message="Part 1 of Schedule 12A has the paragraphs 1 to 7.",
            ),
            models.CheckConstraint(
                condition=~Q(title="") & ~Q(text=""),
                name="exempt_appendix_says_something",
                violation_error_message="Give the appendix its title and its text, or remove it.",
            ),
            models.CheckConstraint(
                condition=~Q(public_interest=""),
                name="exempt_appendix_gives_the_public_interest",
                violation_error_message="Say why withholding it serves the public better than publishing it.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}: paragraph {self.paragraph}"


class PaperTemplate(models.Model):
    """A board's own Word template, whose styles its papers take; the latest one counts, earlier ones are kept."""

    board = models.ForeignKey("reports.Board", on_delete=models.PROTECT, related_name="templates")
    name = models.CharField("file name", max_length=200)
    content = models.BinaryField("content")
    sha256 = models.CharField("SHA-256", max_length=64)
    uploaded_at = models.DateTimeField("uploaded at")
    uploaded_by = models.ForeignKey("contracts.Person", on_delete=models.PROTECT, related_name="+")

    history = History(excluded_fields=["content"])

    class Meta:
        ordering = ["board", "-uploaded_at", "-pk"]

    def __str__(self) -> str:
        return self.name
