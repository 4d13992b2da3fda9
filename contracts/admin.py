"""Setting up contracts, service areas, people and closed days, each with its history shown."""

from typing import Any

from allauth.account.decorators import secure_admin_login
from allauth.account.models import EmailAddress
from django.contrib import admin
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from simple_history.admin import SimpleHistoryAdmin

from contracts.models import Assignment, ClosedDay, Contract, Person, ServiceArea

# Roles are the groups of these names and e-mail addresses belong to the person: neither is set up by itself.
admin.site.unregister(Group)
admin.site.unregister(EmailAddress)
admin.site.site_header = "Scrutineer: setting up"
admin.site.site_title = "Scrutineer"
admin.site.index_title = "Contracts, KPIs, people and meetings"
# One door: signing in is allauth's, with its limits on guessing; who is signed in and no administrator is refused.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]


class ServiceAreaInline(admin.TabularInline):
    model = ServiceArea
    extra = 0
    show_change_link = True


@admin.register(Contract)
class ContractAdmin(SimpleHistoryAdmin):  # type: ignore[misc]
    list_display = ("reference", "title", "authority", "supplier", "commences_on", "ends_on")
    search_fields = ("reference", "title", "supplier")
    inlines = (ServiceAreaInline,)
    fieldsets = (
        (None, {"fields": ("reference", "title", "authority", "supplier", "commences_on", "ends_on")}),
        (
            "Papers",
            {
                "fields": (
                    "below_target_is_exception",
                    "history_months",
                    "data_due_working_days",
                    "remind_working_days",
                    "stale_relief_months",
                )
            },
        ),
        (
            "Projects",
            {
                "fields": (
                    "slippage_green_days",
                    "slippage_amber_months",
                    "silent_days",
                    "key_project_count",
                    "operational_report_working_days",
                )
            },
        ),
    )


@admin.register(ServiceArea)
class ServiceAreaAdmin(SimpleHistoryAdmin):  # type: ignore[misc]
    list_display = ("code", "name", "contract")
    list_filter = ("contract",)
    search_fields = ("code", "name")


@admin.register(ClosedDay)
class ClosedDayAdmin(SimpleHistoryAdmin):  # type: ignore[misc]
    list_display = ("closed_on", "reason")


class AssignmentInline(admin.TabularInline):
    model = Assignment
    fk_name = "person"
    extra = 0
    can_delete = False
    verbose_name = "place where a role applies"
    verbose_name_plural = "places where the roles apply"

    def has_add_permission(self, request: Any, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: Any, obj: Any = None) -> bool:
        return False


@admin.register(Person)
class PersonAdmin(SimpleHistoryAdmin):  # type: ignore[misc]
    """People, to be looked at: what they hold is changed on the pages about people, which keep an administrator."""

    list_display = ("email", "job_title", "is_active", "is_staff")
    list_filter = ("groups", "is_active")
    search_fields = ("email", "job_title")
    ordering = ("email",)
    inlines = (AssignmentInline,)
    readonly_fields = ("looked_after",)
    fieldsets = (
        (None, {"fields": ("looked_after", "email", "job_title")}),
        ("Roles", {"fields": ("is_active", "groups", "is_staff", "is_superuser")}),
        ("Dates", {"fields": ("last_login", "date_joined")}),
    )

    @admin.display(description="Changed on")
    def looked_after(self, person: Person) -> SafeString:
        return format_html('<a href="{}">the page about them</a>', reverse("person", args=[person.pk]))

    def has_add_permission(self, request: Any) -> bool:
        return False

    def has_change_permission(self, request: Any, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: Any, obj: Any = None) -> bool:
        return False
