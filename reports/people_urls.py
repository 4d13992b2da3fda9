"""Addresses of the pages on which administrators look after people; config/urls.py takes them in."""

from django.urls import path

from reports.views.people import acts, doors, roles, showing

urlpatterns = [
    path("", showing.people, name="people"),
    path("add/", acts.add, name="add_person"),
    path("<int:pk>/", showing.person, name="person"),
    path("<int:pk>/changes/", showing.changes, name="person_changes"),
    path("<int:pk>/change/", acts.change, name="change_person"),
    path("<int:pk>/leave/", acts.leaves, name="person_leaves"),
    path("<int:pk>/come-back/", acts.returns, name="person_comes_back"),
    path("<int:pk>/roles/give/", roles.give, name="give_role"),
    path("<int:pk>/roles/<slug:holding>/take/", roles.take, name="take_role"),
    path("<int:pk>/roles/<int:post>/deputy/", roles.deputy, name="name_deputy"),
    path("<int:pk>/link/", doors.link, name="send_link"),
    path("<int:pk>/sessions/end/", doors.sessions, name="end_sessions"),
    path("<int:pk>/second-factor/", doors.second_factor, name="take_second_factor"),
    path("<int:pk>/unlock/", doors.unlocked, name="unlock_person"),
]
