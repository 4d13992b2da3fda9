"""Addresses of the pages about a contract's projects."""

from django.urls import path

from projects.views import (
    acts,
    editing,
    key_drafts,
    key_lists,
    nominations,
    pages,
    register,
    several,
    timeline,
    updates,
)

app_name = "projects"
urlpatterns = [
    path("", register.register, name="register"),
    path("change/", several.change, name="change_several"),
    path("register.csv", register.register_csv, name="register_csv"),
    path("register.xlsx", register.register_xlsx, name="register_xlsx"),
    path("timeline/", timeline.timeline, name="timeline"),
    path("plan/", timeline.plan, name="plan"),
    path("plan.csv", timeline.plan_csv, name="plan_csv"),
    path("plan.xlsx", timeline.plan_xlsx, name="plan_xlsx"),
    path("mine/", updates.mine, name="mine"),
    path("add/", editing.add, name="add"),
    path("archived/", acts.archived, name="archived"),
    path("key/", key_lists.key, name="key"),
    path("key/proposal/", key_lists.proposal, name="key_proposal"),
    path("key/propose/", key_drafts.propose, name="propose_key"),
    path("key/discard/", key_lists.discard, name="discard_key"),
    path("key/take-back/", key_lists.take_back, name="take_back_key"),
    path("key/decide/", key_lists.decide, name="decide_key"),
    path("key/decide/amended/", key_drafts.amend, name="amend_key"),
    path("key/nominations/<int:pk>/decline/", nominations.decline, name="decline_nomination"),
    path("chairs/", nominations.chairs, name="scrutiny_chairs"),
    path("<printable_path:reference>/nominate/", nominations.nominate, name="nominate"),
    path("<printable_path:reference>/edit/", editing.edit, name="edit"),
    path("<printable_path:reference>/archive/", acts.archive, name="archive"),
    path("<printable_path:reference>/take-back/", acts.restore, name="take_back"),
    path("<printable_path:reference>/rebaseline/", acts.agree, name="rebaseline"),
    path("<printable_path:reference>/dependencies/", acts.dependencies, name="dependencies"),
    path("<printable_path:reference>/dependencies/remove/", acts.separate, name="remove_dependency"),
    path("<printable_path:reference>/update/", updates.update, name="update"),
    path("<printable_path:reference>/update/rating/", updates.rating, name="update_rating"),
    path("<printable_path:reference>/", pages.project, name="project"),
]
