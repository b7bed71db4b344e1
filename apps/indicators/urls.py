"""Addresses of the room «indicators»."""

from django.urls import path

from apps.indicators.views import figures

app_name = "indicators"

urlpatterns = [
    path("indicators/", figures.index, name="list"),
    path("indicators/recount/", figures.recount, name="recount"),
    path("indicators/<str:code>/", figures.detail, name="detail"),
    path("indicators/<str:code>/export.xlsx", figures.export, name="export"),
    path("indicators/<str:code>/explain/", figures.explain, name="explain"),
]
