"""Addresses of the room «indicators»."""

from django.urls import path

from apps.indicators import views

app_name = "indicators"

urlpatterns = [
    path("indicators/", views.index, name="list"),
    path("indicators/recount/", views.recount, name="recount"),
    path("indicators/<str:code>/", views.detail, name="detail"),
    path("indicators/<str:code>/export.xlsx", views.export, name="export"),
    path("indicators/<str:code>/explain/", views.explain, name="explain"),
]
