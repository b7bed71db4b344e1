"""Addresses of the room «procedures»."""

from django.urls import URLPattern

app_name = "procedures"

urlpatterns: list[URLPattern] = []
