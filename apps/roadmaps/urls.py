"""Addresses of the room «roadmaps»."""

from django.urls import path

from apps.roadmaps import views

app_name = "roadmaps"

urlpatterns = [
    path("office/recommendations/", views.board, name="recommendations"),
    path("office/recommendations/new/", views.create, name="create"),
    path("office/recommendations/<int:pk>/", views.detail, name="detail"),
    path("office/recommendations/reports/<int:pk>/review/", views.review, name="review"),
    path("school/recommendations/", views.own, name="own"),
    path("school/recommendations/<int:pk>/", views.own_detail, name="own_detail"),
    path("school/recommendations/<int:pk>/receive/", views.receive, name="receive"),
    path("recommendations/<int:pk>/proof/", views.proof, name="proof"),
]
