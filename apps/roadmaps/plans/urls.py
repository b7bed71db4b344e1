"""Addresses of roadmaps; joined to those of the room."""

from django.urls import URLPattern, path

from apps.roadmaps.plans.views import composing, files, listing, measures, pages, planning

urlpatterns: list[URLPattern] = [
    path("roadmaps/", listing.roadmaps, name="roadmaps"),
    path("roadmaps/new/", composing.new, name="roadmap_new"),
    path("roadmaps/programmes/", listing.programmes, name="programmes"),
    path("roadmaps/measures/", listing.measures, name="measures"),
    path("roadmaps/measures/new/", planning.measure_where, name="measure_where"),
    path("roadmaps/measures/file/", files.measures_file, name="measures_file"),
    path("roadmaps/measures/<int:pk>/", measures.measure, name="measure"),
    path("roadmaps/measures/<int:pk>/edit/", planning.measure_edit, name="measure_edit"),
    path("roadmaps/measures/<int:pk>/delete/", planning.measure_delete, name="measure_delete"),
    path("roadmaps/measures/<int:pk>/means/", planning.measure_means, name="measure_means"),
    path("roadmaps/means/<int:pk>/remove/", planning.resource_remove, name="resource_remove"),
    path("roadmaps/proofs/<int:pk>/", measures.proof, name="measure_proof"),
    path("roadmaps/stages/<int:pk>/", planning.stage_edit, name="stage"),
    path("roadmaps/stages/<int:pk>/report/", planning.stage_report, name="stage_report"),
    path("roadmaps/stages/<int:pk>/file/", planning.stage_file, name="stage_file"),
    path("roadmaps/<int:pk>/", pages.roadmap, name="roadmap"),
    path("roadmaps/<int:pk>/timeline/", pages.timeline, name="roadmap_timeline"),
    path("roadmaps/<int:pk>/calendar/", pages.calendar, name="roadmap_calendar"),
    path("roadmaps/<int:pk>/versions/", pages.versions, name="roadmap_versions"),
    path("roadmaps/<int:pk>/stages/", planning.stages, name="roadmap_stages"),
    path("roadmaps/<int:pk>/means/", planning.means, name="roadmap_means"),
    path("roadmaps/<int:pk>/people/", composing.people, name="roadmap_people"),
    path("roadmaps/<int:pk>/edit/", composing.edit, name="roadmap_edit"),
    path("roadmaps/<int:pk>/copy/", composing.copy, name="roadmap_copy"),
    path("roadmaps/<int:pk>/approve/", composing.approve, name="roadmap_approve"),
    path("roadmaps/<int:pk>/end/", composing.end, name="roadmap_end"),
    path("roadmaps/<int:pk>/by-indicator/", planning.by_indicator, name="roadmap_by_indicator"),
    path("roadmaps/<int:pk>/measures/new/", planning.measure_new, name="measure_new"),
    path("roadmaps/<int:pk>/file/<slug:kind>/", files.roadmap_file, name="roadmap_file"),
    path("school/programme/", listing.own_programme, name="own_programme"),
]
