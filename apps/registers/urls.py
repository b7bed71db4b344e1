"""Addresses of the room «registers»."""

from django.urls import path

from apps.registers.views import entries, files

app_name = "registers"

urlpatterns = [
    path("registers/", entries.index, name="index"),
    path("registers/practices/<int:pk>/review/", entries.review, name="review"),
    path("registers/<slug:code>/", entries.listing, name="list"),
    path("registers/<slug:code>/new/", entries.create, name="create"),
    path("registers/<slug:code>/load/", files.load, name="load"),
    path("registers/<slug:code>/load/template/", files.template, name="template"),
    path("registers/<slug:code>/export/<slug:kind>/", files.export, name="export"),
    path("registers/<slug:code>/<int:pk>/", entries.detail, name="entry"),
    path("registers/<slug:code>/<int:pk>/edit/", entries.edit, name="edit"),
    path("registers/<slug:code>/<int:pk>/archive/", entries.archive, name="archive"),
]
