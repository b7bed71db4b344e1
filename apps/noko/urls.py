"""Addresses of the room «noko»: independent assessment of conditions."""

from django.urls import path

from apps.noko.views import measures, office

app_name = "noko"

urlpatterns = [
    path("office/noko/", office.plan_board, name="plan"),
    path("office/noko/plan/", office.plan_add, name="plan_add"),
    path("office/noko/plan/<int:pk>/remove/", office.plan_remove, name="plan_remove"),
    path("office/noko/reports/", office.reports, name="reports"),
    path("office/noko/reports/upload/", office.upload, name="upload"),
    path("office/noko/reports/template-<int:year>.xlsx", office.template, name="template"),
    path("office/noko/reports/<int:pk>/", office.report, name="report"),
    path("office/noko/reports/<int:pk>/file/", office.report_file, name="report_file"),
    path("office/noko/reports/<int:pk>/accept/", office.report_accept, name="report_accept"),
    path("office/noko/reports/<int:pk>/undo/", office.report_undo, name="report_undo"),
    path("noko/results/", office.latest, name="latest"),
    path("office/noko/years/<int:year>/", office.results, name="results"),
    path("office/noko/internal/<int:pk>/", office.internal_survey, name="internal"),
    path("office/noko/conformity/", office.conformity_page, name="conformity"),
    path("office/noko/measures/", measures.measures, name="measures"),
    path("office/noko/measures.xlsx", measures.measures_file, name="measures_file"),
    path("school/noko/", measures.own, name="own"),
    path("school/noko/shortcomings/<int:pk>/", measures.measure_create, name="measure_create"),
    path("noko/assessments/<int:pk>/", measures.assessment, name="assessment"),
    path("noko/measures/<int:pk>/", measures.measure, name="measure"),
    path("noko/measures/<int:pk>/review/", measures.measure_review, name="measure_review"),
    path("noko/measures/<int:pk>/proof/", measures.measure_proof, name="measure_proof"),
]
