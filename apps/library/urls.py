"""Addresses of the room «library»."""

from django.urls import path

from apps.library import views
from apps.library.acts import views as acts

app_name = "library"

urlpatterns = [
    path("library/", views.index, name="index"),
    path("library/acts/", acts.acts, name="acts"),
    path("library/acts/new/", acts.act_new, name="act_new"),
    path("library/acts/attach/", acts.attach, name="attach"),
    path("library/acts/<int:pk>/", acts.act, name="act"),
    path("library/acts/<int:pk>/edit/", acts.act_edit, name="act_edit"),
    path("library/acts/<int:pk>/state/", acts.act_state, name="act_state"),
    path("library/acts/<int:pk>/file/", acts.act_file, name="act_file"),
    path("library/acts/uses/<int:pk>/remove/", acts.detach, name="detach"),
]
