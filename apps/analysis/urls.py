"""Addresses of the room «analysis»."""

from django.urls import path

from apps.analysis import views

app_name = "analysis"

urlpatterns = [
    path("office/signs/", views.signs, name="signs"),
    path("office/signs/threshold/", views.rule, name="rule"),
]
