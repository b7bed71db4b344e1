"""Addresses of the room «reports»."""

from django.urls import include, path

from apps.reports import views

app_name = "reports"

urlpatterns = [
    path("", include("apps.reports.evidence.urls")),
    path("office/reports/", views.report_list, name="list"),
    path("office/reports/<period:period>/", views.detail, name="detail"),
    path("office/reports/<period:period>/chapters/<slug:code>/", views.save_chapter, name="save_chapter"),
    path("office/reports/<period:period>/refresh/", views.refresh, name="refresh"),
    path("office/reports/<period:period>/prepare/", views.prepare, name="prepare"),
    path("office/reports/<period:period>/approve/", views.approve, name="approve"),
    path("office/reports/<period:period>/drafts/<int:pk>.pdf", views.draft_pdf, name="draft_pdf"),
]
