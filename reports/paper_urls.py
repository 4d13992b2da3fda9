"""Addresses of a paper's pages, from draft to published; reports/urls.py takes them in."""

from django.urls import path

from reports.views import addenda, archive, comparison, desk, drafts, errata, exempt, papers, publication

urlpatterns = [
    path("", archive.papers, name="papers"),
    path("<int:paper>/", papers.paper, name="paper"),
    path("<int:paper>/words/", drafts.words, name="words"),
    path("<int:paper>/rebuild/", drafts.rebuild, name="rebuild"),
    path("<int:paper>/exempt/", exempt.exempt, name="exempt"),
    path("<int:paper>/readiness/", comparison.readiness, name="readiness"),
    path("<int:paper>/compare/", comparison.compare, name="compare"),
    path("<int:paper>/addendum/", addenda.addendum, name="addendum"),
    path("<int:paper>/errata/", errata.errata, name="errata"),
    path("<int:paper>/errata/words/<int:sentence>/", errata.typed_words, name="typed_words"),
    path("<int:paper>/errata/slip/", errata.slip, name="errata_slip"),
    path("<int:paper>/files/<printable:name>", papers.file, {"edition": "draft"}, name="file"),
    path("<int:paper>/signed-off/<printable:name>", papers.file, {"edition": "signed off"}, name="signed_off_file"),
    path("<int:paper>/final/<printable:name>", papers.frozen_file, name="frozen_file"),
    path("<int:paper>/uploaded/<int:edition>/", papers.uploaded_edition, name="uploaded_edition"),
    path("<int:paper>/zip/", papers.paper_zip, name="paper_zip"),
    path("<int:paper>/sign-off/", desk.sign_off, name="sign_off"),
    path("<int:paper>/take-back/", desk.take_back, name="take_back"),
    path("<int:paper>/hand-over/", desk.hand_over, name="hand_over"),
    path("<int:paper>/publication/", publication.record_publication, name="record_publication"),
    path("<int:paper>/urgency/", publication.record_urgency, name="record_urgency"),
    path("<int:paper>/withdraw/", publication.withdraw, name="withdraw_paper"),
    path("<int:paper>/upload/", publication.upload_edition, name="upload_edition"),
    path("<int:paper>/removal/ask/", publication.ask_removal, name="ask_removal"),
    path("<int:paper>/removal/confirm/", publication.confirm_removal, name="confirm_removal"),
    path("<int:paper>/removal/refuse/", publication.refuse_removal, name="refuse_removal"),
]
