"""Setting up contracts, service areas, people and closed days, each with its history shown."""

from typing import Any

from allauth.account.decorators import secure_admin_login
from allauth.account.models import EmailAddress
from allauth.account.views import logout as signed_out_by_allauth
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from allauth.usersessions.models import UserSession
from django.contrib import admin
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from simple_history.admin import SimpleHistoryAdmin

from contracts.models import Assignment, ClosedDay, Contract, Person, ServiceArea

# Roles are the groups of these names and e-mail addresses belong to the person: neither is set up by itself.
admin.site.unregister((Group, EmailAddress))
# What opens somebody's account is shown to nobody: with the key of a session, or the secret of a second factor, an
# administrator could act in another's name. Pages about people end sessions and take a second factor away.
admin.site.unregister((Authenticator, UserSession, SocialAccount, SocialApp, SocialToken))
admin.site.site_header = "Scrutineer: setting up"
admin.site.site_title = "Scrutineer"
admin.site.index_title = "Contracts, KPIs, people and meetings"


def change_password(request: HttpRequest, extra_context: Any = None) -> HttpResponse:
    return redirect("account_change_password")


def sign_out(request: HttpRequest, extra_context: Any = None) -> HttpResponseBase:
    answer: HttpResponseBase = signed_out_by_allauth(request)
    return answer


# One door: signing in, signing out and changing a password are allauth's, with its limits on guessing, and noted for
# the audit; who is signed in and no administrator is refused.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]
admin.site.logout = sign_out  # type: ignore[method-assign,assignment]
admin.site.password_change = change_password  # type: ignore[method-assign,assignment]


class LookedAt(SimpleHistoryAdmin):  # type: ignore[misc]
    """What has pages of its own on which it is changed: here it is looked at, and so are its earlier versions."""

    def has_add_permission(self, request: Any) -> bool:
        return False

    def has_change_permission(self, request: Any, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: Any, obj: Any = None) -> bool:
        return False

    def history_form_view(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        """Sending an earlier version back would write it: the page of a version asks only whether it may be seen."""
        if request.method not in ("GET", "HEAD"):
            raise PermissionDenied
        return super().history_form_view(request, *args, **kwargs)


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
class PersonAdmin(LookedAt):
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
