"""Addresses of the room «roadmaps»."""

from django.urls import include, path

from apps.roadmaps import views
from apps.roadmaps.drafts import views as drafts
from apps.roadmaps.effect.urls import urlpatterns as effects
from apps.roadmaps.plans.urls import urlpatterns as plans
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
    path("office/recommendations/templates/", drafts.templates, name="templates"),
    path("support/", support.support, name="support"),
    path("support/new/", support.support_new, name="support_new"),
    path("support/<int:pk>/", support.support_case, name="support_case"),
    path("school/recommendations/", views.own, name="own"),
    path("school/recommendations/<int:pk>/", views.own_detail, name="own_detail"),
    path("school/recommendations/<int:pk>/receive/", views.receive, name="receive"),
    path("recommendations/<int:pk>/proof/", views.proof, name="proof"),
    *effects,
    *plans,
    path("", include("apps.roadmaps.meetings.urls")),
]
