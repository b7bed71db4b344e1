"""Addresses of effects."""

from django.urls import path

from apps.roadmaps.effect import views

urlpatterns = [
    path("effects/", views.effects, name="effects"),
    path("effects/methods/", views.effect_methods, name="effect_methods"),
    path("effects/new/", views.effect_new, name="effect_new"),
    path("effects/<int:pk>/", views.effect, name="effect"),
    path("effects/<int:pk>/approve/", views.effect_approve, name="effect_approve"),
    path("effects/<int:pk>/withdraw/", views.effect_withdraw, name="effect_withdraw"),
    path("effects/<int:pk>/measure/", views.effect_measure, name="effect_measure"),
    path("effects/<int:pk>/pdf/", views.effect_pdf, name="effect_pdf"),
    path("effects/files/<uuid:pk>/", views.effect_file, name="effect_file"),
]
