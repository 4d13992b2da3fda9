"""
People, and where their role applies.

A role is a Django group (:mod:`contracts.rules.roles`). The group says *what* a person may do; an :class:`Assignment`
says *where*: for one contract, or for one service area of it.
"""

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractUser, BaseUserManager, Group
from django.db import models

from contracts.models.contract import Contract, ServiceArea
from contracts.models.traces import History
from contracts.rules.roles import Role


class PersonManager(BaseUserManager["Person"]):
    """Makes people who sign in with their e-mail address."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "Person":
        person = self.model(email=self.normalize_email(email), **fields)
        person.set_password(password)
        person.full_clean(exclude=["password"])
        person.save(using=self._db)
        return person

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "Person":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class Person(AbstractUser):
    """Somebody who signs in. Papers and pages print the job title, never the name."""

    username = None  # type: ignore[assignment]
    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    email = models.EmailField("e-mail address", unique=True)
    job_title = models.CharField("job title", max_length=120)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["job_title"]
    history = History(excluded_fields=["password", "last_login"])
    objects: ClassVar[PersonManager] = PersonManager()  # type: ignore[assignment]

    class Meta:
        ordering = ["job_title", "email"]
        verbose_name = "person"
        verbose_name_plural = "people"

    def __str__(self) -> str:
        return self.job_title or self.email

    def get_full_name(self) -> str:
        return self.job_title

    def get_short_name(self) -> str:
        return self.job_title

    @property
    def is_administrator(self) -> bool:
        """Whether they set up the whole installation, and not one contract alone."""
        return self.is_superuser or self.groups.filter(name=Role.ADMINISTRATOR).exists()


class Assignment(models.Model):
    """One person holds one role for one contract, or for one service area of it."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="assignments")
    role = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="assignments")
    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="assignments")
    service_area = models.ForeignKey(
        ServiceArea, on_delete=models.PROTECT, null=True, blank=True, related_name="assignments"
    )

    deputy = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="deputises_for",
        help_text="Does the same work for this place while named here.",
    )

    history = History()

    class Meta:
        ordering = ["person", "contract"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "role", "contract", "service_area"],
                name="assignment_once_per_area",
                violation_error_message="This person already holds that role for that service area.",
            ),
            models.UniqueConstraint(
                fields=["person", "role", "contract"],
                condition=models.Q(service_area__isnull=True),
                name="assignment_once_per_contract",
                violation_error_message="This person already holds that role for that contract.",
            ),
        ]

    def __str__(self) -> str:
        where = self.service_area or self.contract
        return f"{self.person}: {self.role} for {where}"
