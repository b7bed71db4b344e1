"""Addresses of the room «indicators»."""

from django.urls import path

from apps.indicators.views import exports, figures, grid, minimisation, references, requests, series, sources

app_name = "indicators"

urlpatterns = [
    path("indicators/", figures.index, name="list"),
    path("indicators/recount/", figures.recount, name="recount"),
    path("indicators/targets/", grid.targets_grid, name="targets"),
    path("indicators/references/", references.references, name="references"),
    path("indicators/references/template/", references.references_template, name="references_template"),
    path("indicators/review/", minimisation.index, name="review"),
    path("indicators/review/off/", minimisation.off, name="switch_off"),
    path("indicators/review/on/", minimisation.on, name="switch_on"),
    path("indicators/review/alike/", minimisation.judge, name="judge"),
    path("indicators/export/", exports.choose, name="export_values"),
    path("indicators/exports/<int:pk>/", exports.detail, name="export_detail"),
    path("indicators/exports/<int:pk>/file/", exports.download, name="export_file"),
    path("indicators/dispatches/", exports.dispatches, name="dispatches"),
    path("indicators/dispatches/<int:pk>/withdraw/", exports.withdraw, name="dispatch_withdraw"),
    path("indicators/requests/", requests.index, name="requests"),
    path("indicators/requests/new/", requests.create, name="request_create"),
    path("indicators/requests/<int:pk>/", requests.detail, name="request"),
    path("indicators/requests/<int:pk>/edit/", requests.edit, name="request_edit"),
    path("indicators/sources/", sources.index, name="sources"),
    path("indicators/sources/new/", sources.create, name="source_create"),
    path("indicators/sources/<slug:code>/", sources.detail, name="source"),
    path("indicators/sources/<slug:code>/edit/", sources.edit, name="source_edit"),
    path("indicators/sources/<slug:code>/links/", sources.links, name="source_links"),
    path("indicators/<str:code>/", figures.detail, name="detail"),
    path("indicators/<str:code>/export.xlsx", figures.export, name="export"),
    path("indicators/<str:code>/explain/", figures.explain, name="explain"),
    path("indicators/<str:code>/trend.xlsx", series.trend_export, name="trend_export"),
    path("indicators/<str:code>/target/", series.target, name="target"),
    path("indicators/<str:code>/target/<int:pk>/end/", series.target_end, name="target_end"),
    path("indicators/<str:code>/causes/<period:period>/", series.cause, name="cause"),
]
