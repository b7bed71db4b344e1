"""Addresses of the schedule; they belong to the room «procedures»."""

from django.urls import URLPattern, path

from apps.procedures.schedule.views import calendar, catalogue, duties, readiness, repeating, school

urlpatterns: list[URLPattern] = [
    path("office/procedures/", catalogue.register, name="register"),
    path("office/procedures/create/", catalogue.create, name="procedure_create"),
    path("office/procedures/repeat/", repeating.repeat, name="procedure_repeat"),
    path("office/procedures/approve/", catalogue.approve_many, name="procedure_approve"),
    path("office/procedures/schools/", calendar.by_school, name="schedule_schools"),
    path("office/procedures/checks/", calendar.checks, name="schedule_checks"),
    path("office/procedures/schedule.xlsx", calendar.annex_xlsx, name="schedule_xlsx"),
    path("office/procedures/preparation/", readiness.overview, name="preparations"),
    path("office/procedures/duties/", duties.duties, name="duties"),
    path("office/procedures/duties/assign/", duties.assign, name="duty_assign"),
    path("office/procedures/duties/<int:pk>/end/", duties.end, name="duty_end"),
    path("office/procedures/<int:pk>/edit/", catalogue.edit, name="procedure_edit"),
    path("office/procedures/<int:pk>/cancel/", catalogue.cancel, name="procedure_cancel"),
    path("office/procedures/<int:pk>/document/", catalogue.document, name="procedure_document"),
    path("office/procedures/<int:pk>/readiness/", readiness.board, name="readiness"),
    path("office/procedures/<int:pk>/readiness/begin/", readiness.begin, name="readiness_begin"),
    path("office/procedures/<int:pk>/readiness/steps/", readiness.steps, name="readiness_steps"),
    path("office/procedures/<int:pk>/readiness/own/", readiness.own_steps, name="readiness_own"),
    path("office/studies/participation/", readiness.participation, name="participation"),
    path("office/studies/participation/<int:pk>/", readiness.participation_edit, name="participation_edit"),
    path("procedures/month/", calendar.month, name="schedule_month"),
    path("procedures/hours/", calendar.hours, name="schedule_hours"),
    path("procedures/<int:pk>/", catalogue.plan, name="plan"),
    path("procedures/<int:pk>/document/", catalogue.document_file, name="procedure_document_file"),
    path("procedures/<int:pk>/<slug:code>/", readiness.preparation, name="preparation"),
    path("procedures/<int:pk>/<slug:code>/steps/", readiness.mark, name="preparation_mark"),
    path("school/schedule/", school.own_schedule, name="own_schedule"),
    path("school/schedule/schedule.xlsx", school.own_xlsx, name="own_schedule_xlsx"),
    path("school/schedule/repeat/", repeating.own_repeat, name="own_repeat"),
    path("school/schedule/work/", school.work, name="own_work_create"),
    path("school/schedule/work/<int:pk>/", school.work, name="own_work"),
    path("school/schedule/<int:pk>/day/", school.day, name="own_day"),
    path("school/schedule/days/<int:pk>/drop/", school.day_drop, name="own_day_drop"),
]
