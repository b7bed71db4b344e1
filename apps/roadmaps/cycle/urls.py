"""Addresses of the management cycle, inside those of the room."""

from django.urls import path

from apps.roadmaps.cycle import analysis_views, assessment_views, summary_views, term_views, track_views, views

urlpatterns = [
    path("cycle/", views.cycle, name="cycle"),
    path("cycle/assessment/", assessment_views.assessment, name="cycle_assessment"),
    path("cycle/assessment/file.docx", assessment_views.assessment_docx, name="cycle_assessment_docx"),
    path("cycle/assessment/criteria/", assessment_views.criteria, name="cycle_criteria"),
    path("cycle/assessment/criteria/<int:pk>/", assessment_views.criteria, name="cycle_criterion"),
    path("cycle/summary/", summary_views.summary, name="cycle_summary"),
    path("cycle/summary/file.docx", summary_views.summary_docx, name="cycle_summary_docx"),
    path("cycle/publication/", summary_views.publication, name="cycle_publication"),
    path("cycle/publication/<int:pk>/withdraw/", summary_views.publication_withdraw, name="cycle_publication_withdraw"),
    path("cycle/terms/", term_views.terms, name="cycle_terms"),
    path("cycle/terms/<int:pk>/drop/", term_views.term_drop, name="cycle_term_drop"),
    path("cycle/tracks/<int:pk>/", track_views.track, name="track"),
    path("cycle/tracks/<int:pk>/end/", track_views.track_end, name="track_end"),
    path("cycle/schools/<slug:slug>/", views.school_cycle, name="school_cycle"),
    path("cycle/schools/<slug:slug>/<str:code>/", views.school_direction, name="school_cycle_direction"),
    path("cycle/directions/<str:code>/", views.direction, name="cycle_direction"),
    path("cycle/directions/<str:code>/analysis/", analysis_views.analysis, name="cycle_analysis"),
    path("cycle/directions/<str:code>/tracks/new/", track_views.track_new, name="track_new"),
    path("school/cycle/", views.own_cycle, name="own_cycle"),
    path("school/cycle/<str:code>/", views.own_direction, name="own_cycle_direction"),
]
