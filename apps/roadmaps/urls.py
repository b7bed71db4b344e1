"""Addresses of the room «roadmaps»."""

from django.urls import URLPattern

app_name = "roadmaps"

urlpatterns: list[URLPattern] = []
