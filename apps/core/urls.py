"""Addresses of the room «core»."""

from django.urls import path

from apps.core import views

app_name = "core"

urlpatterns = [
    path("jobs/", views.job_list, name="jobs"),
    path("jobs/<uuid:pk>/", views.job_detail, name="job"),
    path("robots.txt", views.robots, name="robots"),
]
