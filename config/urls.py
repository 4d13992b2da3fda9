"""Addresses of the whole site."""

from allauth.account.views import password_set
from allauth.mfa.totp.views import activate_totp
from django.contrib import admin
from django.urls import include, path, register_converter

from config.accounts.codes import not_by_code_alone
from config.accounts.views import closed, not_signed_in, sign_in
from config.health import views as health
from contracts.converters import MonthConverter, PrintableConverter, PrintablePathConverter
from reports.views import audit, public
from reports.views.contracts import home
from reports.views.search import search

register_converter(MonthConverter, "month")
register_converter(PrintableConverter, "printable")
register_converter(PrintablePathConverter, "printable_path")

urlpatterns = [
    path("", home, name="home"),
    path("search/", search, name="search"),
    path("papers/", public.public_papers, name="public_papers"),
    path("papers/<slug:address>/", public.public_paper, name="public_paper"),
    path("papers/<slug:address>/files/<printable:name>", public.public_file, name="public_file"),
    path("audit/", audit.audit, name="audit"),
    path("audit/audit.csv", audit.audit_file, name="audit_file"),
    path("", include("contracts.urls")),
    path("people/", include("reports.people_urls")),
    path("contracts/<slug:contract>/", include("reports.urls")),
    path("contracts/<slug:contract>/", include("kpis.urls")),
    path("contracts/<slug:contract>/projects/", include("projects.urls")),
    path("accounts/login/", sign_in, name="account_login"),
    path("accounts/email/", closed, name="account_email"),
    path("accounts/council/", closed, name="socialaccount_connections"),
    path("accounts/council/signup/", closed, name="socialaccount_signup"),
    path("accounts/council/login/cancelled/", not_signed_in, name="socialaccount_login_cancelled"),
    path("accounts/council/login/error/", not_signed_in, name="socialaccount_login_error"),
    path("accounts/password/set/", not_by_code_alone(password_set), name="account_set_password"),
    path("accounts/second-factor/totp/activate/", not_by_code_alone(activate_totp), name="mfa_activate_totp"),
    path("accounts/", include("allauth.account.urls")),
    path("accounts/second-factor/", include("allauth.mfa.urls")),
    path("accounts/sessions/", include("allauth.usersessions.urls")),
    path("accounts/council/", include("allauth.socialaccount.providers.openid_connect.urls")),
    path("admin/", admin.site.urls),
    # Answered by a middleware before they are looked up; here so that they have a name.
    path("health/live", health.live, name="live"),
    path("health/ready", health.ready, name="ready"),
]

handler500 = "config.unavailable.failed"
