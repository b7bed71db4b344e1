"""Addresses of the room «organizations»."""

from django.urls import path

from apps.organizations import views

app_name = "organizations"

urlpatterns = [
    path("office/organizations/", views.listing, name="list"),
    path("office/organizations/import/", views.import_register, name="import"),
    path("office/organizations/import/template/", views.register_template, name="import_template"),
    path("office/organizations/export/<slug:kind>/", views.export_register, name="export"),
    path("office/organizations/<slug:code>/", views.detail, name="detail"),
    path("office/organizations/<slug:code>/contacts/", views.contacts, name="contacts"),
    path("office/organizations/<slug:code>/features/", views.features, name="features"),
    path("office/organizations/<slug:code>/<slug:change>/", views.change, name="change"),
]
