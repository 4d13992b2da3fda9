"""Setting up contracts, service areas, people and closed days, each with its history shown."""

from typing import Any

from allauth.account.decorators import secure_admin_login
from allauth.account.models import EmailAddress
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.contrib.auth.models import Group
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


class PersonCreationForm(AdminUserCreationForm):
    """A new person: e-mail address, job title, password."""

    class Meta:
        model = Person
        fields = ("email", "job_title")


class PersonChangeForm(UserChangeForm):
    class Meta:
        model = Person
        fields = "__all__"


class AssignmentInline(admin.TabularInline):
    model = Assignment
    fk_name = "person"
    extra = 0
    verbose_name = "place where a role applies"
    verbose_name_plural = "places where the roles apply"


@admin.register(Person)
class PersonAdmin(SimpleHistoryAdmin, UserAdmin):  # type: ignore[misc]
    """People who sign in with an e-mail address; leavers are made inactive, not deleted."""

    form = PersonChangeForm
    add_form = PersonCreationForm
    list_display = ("email", "job_title", "is_active", "is_staff")
    list_filter = ("groups", "is_active")
    search_fields = ("email", "job_title")
    ordering = ("email",)
    inlines = (AssignmentInline,)
    fieldsets = (
        (None, {"fields": ("email", "job_title", "password")}),
        ("Roles", {"fields": ("is_active", "groups", "is_staff", "is_superuser")}),
        ("Dates", {"fields": ("last_login", "date_joined")}),
    )
    add_fieldsets = ((None, {"classes": ("wide",), "fields": ("email", "job_title", "password1", "password2")}),)
    filter_horizontal = ("groups",)

    def has_delete_permission(self, request: Any, obj: Any = None) -> bool:
        return False
