"""Addresses of the room «collection»."""

from django.urls import URLPattern

app_name = "collection"

urlpatterns: list[URLPattern] = []
