"""Addresses of the room «desk»."""

from django.urls import path
from django.views.generic import RedirectView

from apps.desk import views

app_name = "desk"

_to_today = RedirectView.as_view(pattern_name="desk:today")

urlpatterns = [
    path("today/", views.today, name="today"),
    path("office/demo/example/", views.example_file, name="example_file"),
    path("office/demo/example/import/", views.example_import, name="example_import"),
    path("office/", _to_today, name="office"),
    path("school/", _to_today, name="school"),
]
