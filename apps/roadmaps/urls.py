"""Addresses of the room «roadmaps»."""

from django.urls import include, path

from apps.roadmaps import views
from apps.roadmaps.bulk import views as bulk
from apps.roadmaps.drafts import template_views as templates
from apps.roadmaps.drafts import views as drafts
from apps.roadmaps.effect.urls import urlpatterns as effects
from apps.roadmaps.plans.urls import urlpatterns as plans
from apps.roadmaps.projects.urls import urlpatterns as projects
from apps.roadmaps.support import views as support

app_name = "roadmaps"

urlpatterns = [
    path("", include("apps.roadmaps.cycle.urls")),
    path("office/recommendations/", views.board, name="recommendations"),
    path("office/recommendations/new/", views.create, name="create"),
    path("office/recommendations/<int:pk>/", views.detail, name="detail"),
    path("office/recommendations/reports/<int:pk>/review/", views.review, name="review"),
    path("office/recommendations/drafts/", drafts.drafts, name="drafts"),
    path("office/recommendations/drafts/<int:pk>/", drafts.draft, name="draft"),
    path("office/recommendations/drafts/from-list/<int:pk>/", drafts.prepare, name="prepare_drafts"),
    path("office/recommendations/drafts/weak/", drafts.prepare_weak, name="prepare_weak"),
    path("office/recommendations/bulk/", bulk.bulk, name="bulk"),
    path("office/recommendations/templates/", templates.templates, name="templates"),
    path("office/recommendations/templates/new/", templates.template, name="template_new"),
    path("office/recommendations/templates/<int:pk>/", templates.template, name="template"),
    path("office/recommendations/templates/<int:pk>/archive/", templates.template_archive, name="template_archive"),
    path("support/", support.support, name="support"),
    path("support/new/", support.support_new, name="support_new"),
    path("support/<int:pk>/", support.support_case, name="support_case"),
    path("support/<int:pk>/steps/", support.step_add, name="support_step_add"),
    path("support/steps/<int:pk>/", support.step_close, name="support_step_close"),
    path("school/recommendations/", views.own, name="own"),
    path("school/recommendations/<int:pk>/", views.own_detail, name="own_detail"),
    path("school/recommendations/<int:pk>/receive/", views.receive, name="receive"),
    path("recommendations/<int:pk>/proof/", views.proof, name="proof"),
    *effects,
    *plans,
    path("", include("apps.roadmaps.meetings.urls")),
    *projects,
    path("", include("apps.roadmaps.decisions.urls")),
]
