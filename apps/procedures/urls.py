"""Addresses of the room «procedures»."""

from django.urls import URLPattern, path

from apps.procedures import fixing, views, work_views
from apps.procedures.documents import views as documents
from apps.procedures.exams import views as exams
from apps.procedures.instruments.urls import urlpatterns as instruments
from apps.procedures.item_analysis import views as item_views
from apps.procedures.mapping import views as mapping
from apps.procedures.markers import views as markers
from apps.procedures.marking import views as marking
from apps.procedures.olympiads import views as olympiads
from apps.procedures.people.urls import urlpatterns as people
from apps.procedures.printed import views as printed
from apps.procedures.scales import views as scales
from apps.procedures.schedule.urls import urlpatterns as schedule
from apps.procedures.studies import views as studies
from apps.procedures.years import views as year_views

app_name = "procedures"

SCALE = "office/results/scales/<slug:kind>/<int:year>/<int:grade>/<str:subject>"

urlpatterns: list[URLPattern] = [
    path("results/", views.procedure_list, name="list"),
    path("results/methods/", views.methods, name="methods"),
    path("results/exams/", exams.exams, name="exams"),
    path("results/marking/", marking.marking, name="marking"),
    path("results/<int:pk>/", views.procedure_detail, name="detail"),
    path("office/results/<int:pk>/level/", work_views.level, name="level"),
    path("results/<int:pk>/items/", item_views.municipality, name="items"),
    path("results/<int:pk>/years/", year_views.municipality, name="years"),
    path("results/<int:pk>/<slug:code>/", views.school_detail, name="school"),
    path("results/<int:pk>/<slug:code>/context/", views.school_context, name="school_context"),
    path("results/<int:pk>/<slug:code>/items/", item_views.school, name="school_items"),
    path("results/<int:pk>/<slug:code>/pdf/", printed.school_pdf, name="school_pdf"),
    path("results/papers/<uuid:pk>/", printed.school_paper, name="school_paper"),
    path("results/<int:pk>/<slug:code>/years/", year_views.school, name="school_years"),
    path("office/studies/", studies.studies, name="studies"),
    path("office/studies/create/", studies.study_create, name="study_create"),
    path("office/studies/<int:pk>/", studies.study, name="study"),
    path("studies/requests/<int:pk>/", studies.study_request, name="study_request"),
    path("school/studies/", studies.own_requests, name="own_requests"),
    path("school/studies/create/", studies.request_create, name="request_create"),
    path("office/results/upload/", work_views.upload, name="upload"),
    path("office/results/batches/", work_views.batches, name="batches"),
    path("office/results/batches/<int:pk>/", work_views.batch, name="batch"),
    path("office/results/batches/<int:pk>/works/", work_views.state_all, name="batch_works"),
    path("office/results/files/<int:pk>/", work_views.result_file, name="file"),
    path("office/results/files/<int:pk>/download/", work_views.download, name="file_download"),
    path("office/results/files/<int:pk>/planned/", work_views.choose_planned, name="file_planned"),
    path("office/results/files/<int:pk>/work/", work_views.state_work, name="file_work"),
    path("office/results/files/<int:pk>/undo/", work_views.undo, name="file_undo"),
    path("office/results/files/<int:pk>/repeat/", work_views.repeat, name="file_repeat"),
    path("office/results/files/<int:pk>/rows/", work_views.decide_rows, name="file_rows"),
    path("office/results/files/<int:pk>/columns/", mapping.columns, name="file_columns"),
    path("office/results/profiles/", mapping.profiles, name="profiles"),
    path("office/results/profiles/<int:pk>/delete/", mapping.profile_delete, name="profile_delete"),
    path("office/results/scales/", scales.works, name="scales"),
    path("office/results/scales/load/", scales.load, name="scales_load"),
    path(f"{SCALE}/", scales.work, name="scale"),
    path(f"{SCALE}/edit/", scales.edit, name="scale_edit"),
    path(f"{SCALE}/apply/", scales.apply, name="scale_apply"),
    path("office/results/markers/", markers.markers, name="markers"),
    path("office/results/markers/<int:pk>/delete/", markers.marker_list_delete, name="marker_list_delete"),
    path("results/olympiads/", olympiads.olympiads, name="olympiads"),
    path("office/olympiads/create/", olympiads.olympiad_create, name="olympiad_create"),
    path("office/olympiads/<int:pk>/", olympiads.olympiad, name="olympiad"),
    path("office/olympiads/<int:pk>/edit/", olympiads.olympiad_edit, name="olympiad_edit"),
    path("office/olympiads/<int:pk>/protocol/", olympiads.protocol, name="olympiad_protocol"),
    path("office/results/rows/<int:pk>/fix/", fixing.fix_row, name="row_fix"),
    path("office/results/files/<int:pk>/organizations/", work_views.create_organizations, name="file_organizations"),
    path("office/results/schools/<int:pk>/link/", work_views.link_school, name="school_link"),
    path("office/procedures/<int:pk>/documents/<slug:kind>/", documents.document, name="document"),
    path("office/procedures/<int:pk>/documents/<slug:kind>/docx/", documents.document_docx, name="document_docx"),
    path("office/procedures/<int:pk>/documents/", documents.document_set, name="document_set"),
    *schedule,
    *instruments,
    *people,
]
