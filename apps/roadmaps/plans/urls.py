"""Addresses of roadmaps; joined to those of the room."""

from django.urls import URLPattern, path

from apps.roadmaps.plans.views import listing, measures, pages

urlpatterns: list[URLPattern] = [
    path("roadmaps/", listing.roadmaps, name="roadmaps"),
    path("roadmaps/<int:pk>/", pages.roadmap, name="roadmap"),
    path("roadmaps/<int:pk>/timeline/", pages.timeline, name="roadmap_timeline"),
    path("roadmaps/<int:pk>/calendar/", pages.calendar, name="roadmap_calendar"),
    path("roadmaps/<int:pk>/versions/", pages.versions, name="roadmap_versions"),
    path("roadmaps/measures/<int:pk>/", measures.measure, name="measure"),
    path("roadmaps/proofs/<int:pk>/", measures.proof, name="measure_proof"),
]
