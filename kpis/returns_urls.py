"""Addresses of the monthly returns: what is owed, one area's month and its checks, and a month of all areas."""

from django.urls import path

from kpis.views import months, return_checks, return_sheets, returns

urlpatterns = [
    path("", returns.owed, name="returns"),
    path("<slug:area>/<month:month>/", returns.form, name="return_form"),
    path("<slug:area>/<month:month>/save/", returns.autosave, name="return_save"),
    path("<slug:area>/<month:month>/check/", return_checks.check, name="return_check"),
    path("<slug:area>/<month:month>/spreadsheet/", return_sheets.download, name="return_sheet"),
    path("<slug:area>/<month:month>/upload/", return_sheets.upload, name="return_upload"),
    path("<slug:area>/<month:month>/upload/confirm/", return_sheets.confirm, name="return_upload_confirm"),
    path("completeness/", months.completeness, name="completeness"),
    path("<month:month>/", months.month, name="month"),
    path("<month:month>/verify/", months.verify_all_clean, name="verify_clean"),
    path("<month:month>/<slug:area>/verify/", months.verify, name="verify"),
    path("<month:month>/<slug:area>/send-back/", months.send_return_back, name="send_back"),
    path("<month:month>/<slug:area>/reopen/", months.reopen, name="reopen"),
]
