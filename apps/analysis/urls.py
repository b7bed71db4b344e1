"""Addresses of the room «analysis»."""

from django.urls import path

from apps.analysis import views
from apps.analysis.clusters import views as clusters
from apps.analysis.context import views as context
from apps.analysis.interpretation import views as interpretation
from apps.analysis.objectivity import views as objectivity
from apps.analysis.signs import views as signs

app_name = "analysis"

urlpatterns = [
    path("office/signs/", views.signs, name="signs"),
    path("office/signs/threshold/", signs.sign_rule, name="rule"),
    path("office/signs/rules/<slug:code>/", signs.sign_rule, name="sign_rule"),
    path("office/signs/lists/", signs.sign_lists, name="sign_lists"),
    path("office/signs/lists/<int:pk>/", signs.sign_list, name="sign_list"),
    path("office/signs/lists/<int:pk>/decide/", signs.sign_list_decide, name="sign_list_decide"),
    path("office/signs/lists/<int:pk>/approve/", signs.sign_list_approve, name="sign_list_approve"),
    path("office/signs/lists/<int:pk>/file/<slug:kind>/", signs.sign_list_file, name="sign_list_file"),
    path("office/signs/lists/<int:pk>/do/<slug:act>/", signs.sign_list_act, name="sign_list_act"),
    path("office/signs/<int:pk>/", signs.sign, name="sign"),
    path("school/signs/", signs.own_signs, name="own_signs"),
    path("school/signs/<int:pk>/", signs.own_sign, name="own_sign"),
    path("office/conclusions/", interpretation.conclusions, name="conclusions"),
    path("office/conclusions/new/", interpretation.conclude, name="conclude"),
    path("office/conclusions/missing/", interpretation.missing, name="missing"),
    path("office/conclusions/<int:pk>/", interpretation.conclusion, name="conclusion"),
    path("office/conclusions/<int:pk>/withdraw/", interpretation.conclusion_withdraw, name="conclusion_withdraw"),
    path("office/conclusions/<int:pk>/report/", interpretation.conclusion_report, name="conclusion_report"),
    path("office/objectivity/", objectivity.board, name="objectivity"),
    path("office/objectivity/run/", objectivity.run, name="objectivity_run"),
    path("office/objectivity/limits/", objectivity.limits, name="objectivity_limits"),
    path("office/objectivity/cases/", objectivity.cases, name="preventive_cases"),
    path("office/objectivity/cases/<period:period>/<slug:code>/", objectivity.case_open, name="preventive_open"),
    path("objectivity/cases/<int:pk>/", objectivity.case, name="preventive_case"),
    path("objectivity/<period:period>/<slug:code>/", objectivity.school, name="objectivity_school"),
    path("school/objectivity/", objectivity.own, name="objectivity_own"),
    path("methods/objectivity/", objectivity.methods, name="objectivity_methods"),
    path("methods/signs/", signs.sign_methods, name="sign_methods"),
    path("office/context/clusters/", clusters.clusterings, name="clusterings"),
    path("office/context/clusters/new/<slug:way>/", clusters.clustering_create, name="clustering_create"),
    path("office/context/clusters/<int:pk>/", clusters.clustering, name="clustering"),
    path("office/context/", context.context, name="context"),
    path("office/context/index/", context.social_index, name="social_index"),
    path("office/context/index/new/", context.index_create, name="index_create"),
    path("office/context/index/record/", context.index_record, name="index_record"),
    path("office/context/expected/", context.expected, name="expected"),
    path("office/context/funnel/", context.funnel, name="funnel"),
    path("office/context/factors/", context.factors, name="factors"),
    path("office/context/resilient/", context.resilient, name="resilient"),
    path("office/context/settings/<slug:code>/", context.method_settings, name="method_settings"),
    path("office/context/organizations/<slug:code>/", context.organization_context, name="organization_context"),
    path("school/context/", context.own_context, name="own_context"),
]
