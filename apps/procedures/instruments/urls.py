"""Addresses of instruments and of marking; joined to those of the room."""

from django.urls import URLPattern, path

from apps.procedures.instruments.views import analyses, bank, marking

urlpatterns: list[URLPattern] = [
    path("instruments/", bank.bank, name="instruments"),
    path("instruments/create/", bank.create, name="instrument_create"),
    path("instruments/<int:pk>/", bank.instrument, name="instrument"),
    path("instruments/<int:pk>/edit/", bank.edit, name="instrument_edit"),
    path("instruments/<int:pk>/file/", bank.instrument_file, name="instrument_file"),
    path("marking/requirements/", marking.requirements, name="requirements"),
    path("marking/requirements/create/", marking.requirement_create, name="requirement_create"),
    path("marking/requirements/<int:pk>/", marking.requirement, name="requirement"),
    path("marking/requirements/<int:pk>/file/", marking.requirement_file, name="requirement_file"),
    path("marking/requirements/<int:pk>/confirm/", marking.requirement_confirm, name="requirement_confirm"),
    path("office/marking/", marking.internal, name="internal_marking"),
    path("office/marking/schools/<slug:code>/", marking.internal_school, name="internal_school"),
    path("office/marking/events/", analyses.explanatory, name="explanatory"),
    path("office/marking/events/create/", analyses.event_edit, name="explanatory_create"),
    path("office/marking/events/<int:pk>/", analyses.event, name="explanatory_event"),
    path("office/marking/events/<int:pk>/edit/", analyses.event_edit, name="explanatory_edit"),
    path("marking/analyses/", analyses.analyses, name="analyses"),
    path("marking/analyses/works/<int:pk>/", analyses.analysis_edit, name="analysis_edit"),
    path("marking/analyses/<int:pk>/", analyses.analysis, name="work_analysis"),
    path("marking/analyses/<int:pk>/file/", analyses.analysis_file, name="analysis_file"),
    path("school/marking/", marking.own, name="own_marking"),
    path("school/marking/criteria/", marking.own_criteria, name="own_criteria"),
    path("school/marking/checks/create/", marking.own_check, name="own_check"),
    path("school/marking/checks/<int:pk>/delete/", marking.own_check_delete, name="own_check_delete"),
]
