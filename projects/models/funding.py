"""Money set aside for the portfolio, by financial year: what the council's papers hold its cost against."""

from decimal import Decimal

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q

from contracts.fields import choice_constraint
from contracts.models import Contract
from contracts.models.traces import History
from projects.models.project import Project
from projects.rules.money import YEAR_BEGINS, year_name


class Funding(models.Model):
    """One sum for one financial year and purpose; a year may have several. What is taken away stays in the history."""

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="funding")
    begins_on = models.DateField("first day of the financial year")
    amount = models.DecimalField("amount", max_digits=14, decimal_places=2, validators=[MinValueValidator(Decimal(0))])
    purpose = models.CharField("what it is for", max_length=200)
    agreed_on = models.DateField("agreed on", null=True, blank=True)
    agreed_by = models.CharField("agreed by", max_length=200, blank=True)
    source = models.CharField("source", max_length=12, choices=Project.Source.choices, blank=True, default="")
    version = models.PositiveIntegerField("version", default=1, editable=False)

    history = History()

    class Meta:
        ordering = ["contract", "begins_on", "purpose"]
        verbose_name = "yearly funding"
        verbose_name_plural = "yearly funding"
        constraints = [
            models.UniqueConstraint(
                fields=["contract", "begins_on", "purpose"],
                name="funding_once_per_year_and_purpose",
                violation_error_message="There is funding for that purpose in that year already.",
            ),
            models.CheckConstraint(
                condition=Q(begins_on__month=YEAR_BEGINS[0], begins_on__day=YEAR_BEGINS[1]),
                name="funding_year_begins_on_1_april",
                violation_error_message="A financial year begins on 1 April.",
            ),
            models.CheckConstraint(
                condition=Q(amount__gte=0),
                name="funding_is_not_negative",
                violation_error_message="Funding is not below zero.",
            ),
            models.CheckConstraint(
                condition=~Q(purpose=""),
                name="funding_says_what_it_is_for",
                violation_error_message="Say what the money is for.",
            ),
            choice_constraint(
                "source",
                ["", "published", "illustrative"],
                name="funding_source_is_known",
                message="A source is published or illustrative.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contract.reference} {year_name(self.begins_on)}: {self.purpose}"
