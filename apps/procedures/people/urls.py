"""Addresses of people of procedures; joined to those of the room."""

from django.urls import URLPattern, path

from apps.procedures.people.views import act_forms, expertise, observing, outside, own, register

urlpatterns: list[URLPattern] = [
    path("office/people/", register.people, name="people"),
    path("office/people/create/", register.create, name="person_create"),
    path("office/people/<int:pk>/", register.person, name="person"),
    path("office/people/<int:pk>/edit/", register.edit, name="person_edit"),
    path("office/people/<int:pk>/invite/", register.invite, name="person_invite"),
    path("office/people/<int:pk>/archive/", register.archive, name="person_archive"),
    path("office/people/coverage/", observing.coverage, name="coverage"),
    path("office/people/coverage/add/", observing.venue_create, name="venue_create"),
    path("office/people/coverage/<int:pk>/", observing.venue, name="venue"),
    path("office/people/coverage/<int:pk>/remove/", observing.venue_remove, name="venue_remove"),
    path("office/people/coverage/<int:pk>/move/", observing.venue_move, name="venue_move"),
    path("office/people/procedures/<int:pk>/move/", observing.venues_move, name="venues_move"),
    path("office/people/procedures/<int:pk>/schedule/", observing.venues_from_schedule, name="venues_from_schedule"),
    path("office/people/procedures/<int:pk>/sheet/", observing.sheet, name="assignment_sheet"),
    path("office/people/procedures/<int:pk>/sheet.xlsx", observing.sheet_file, name="assignment_sheet_file"),
    path("office/people/acts/", observing.acts, name="acts"),
    path("office/people/acts/forms/", act_forms.forms, name="act_forms"),
    path("office/people/acts/forms/<slug:kind>/", act_forms.form, name="act_form"),
    path("office/people/remarks/<int:pk>/close/", observing.remark_close, name="remark_close"),
    path("office/people/public/", observing.participation, name="public_participation"),
    path("office/people/expertise/", expertise.tasks, name="expert_tasks"),
    path("office/people/expertise/create/", expertise.task_create, name="expert_task_create"),
    path("office/people/expertise/<int:pk>/", expertise.task, name="expert_task"),
    path("office/people/expertise/sheets/<int:pk>/back/", expertise.sheet_back, name="sheet_back"),
    path("office/associations/", expertise.associations, name="associations"),
    path("office/associations/create/", expertise.association_edit, name="association_create"),
    path("office/associations/<int:pk>/", expertise.association_edit, name="association_edit"),
    path("assignments/", own.assignments, name="own_assignments"),
    path("assignments/<int:pk>/act/", own.act, name="own_act"),
    path("assignments/<int:pk>/cancel/", observing.assignment_cancel, name="assignment_cancel"),
    path("assignments/acts/<int:pk>/", observing.act, name="act"),
    path("assignments/sheets/<int:pk>/", own.sheet, name="own_sheet"),
    path("association/experts/", outside.nominations, name="nominations"),
    path("association/experts/create/", outside.nominate, name="nominate"),
    path("school/participants/", outside.participants, name="participants"),
    path("school/participants/create/", outside.participant_create, name="participant_create"),
]
