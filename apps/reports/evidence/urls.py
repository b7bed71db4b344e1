"""Addresses of evidence files, inside those of the room."""

from django.urls import path

from apps.reports.evidence import views

urlpatterns = [
    path("cycle/evidence/", views.evidence, name="evidence"),
    path("cycle/evidence/<int:pk>/<slug:kind>/", views.evidence_file, name="evidence_file"),
]
