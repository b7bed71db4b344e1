"""Addresses of the room «portal»: the public site."""

from django.urls import path

from apps.portal import views

app_name = "portal"

urlpatterns = [
    path("", views.home, name="home"),
    path("reports/", views.reports, name="reports"),
    path("reports/<period:period>/", views.report, name="report"),
    path("reports/<period:period>/<int:number>/", views.release, name="release"),
    path("reports/<period:period>/<int:number>/report.pdf", views.report_pdf, name="report_pdf"),
    path("reports/<period:period>/<int:number>/data.csv", views.open_data, name="open_data"),
    path("reports/<period:period>/<int:number>/passport.csv", views.open_data_passport, name="open_data_passport"),
    path("organizations/", views.organizations, name="organizations"),
    path("schedule/", views.schedule, name="schedule"),
    path("schedule/calendar.ics", views.schedule_ics, name="schedule_ics"),
    path("schedule/class/", views.class_schedule, name="class_schedule"),
    path("schedule/class/<slug:code>-<int:grade>.ics", views.class_schedule_ics, name="class_schedule_ics"),
    path("burden/", views.burden, name="burden"),
    path("burden/burden.xlsx", views.burden_xlsx, name="burden_xlsx"),
    path("quality/", views.cycle, name="cycle"),
    path("methods/", views.methods, name="methods"),
    path("practices/", views.practices, name="practices"),
]
