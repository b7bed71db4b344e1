"""Addresses: `/` is public, `/office/` the authority's, `/school/` an organisation's."""

from django.urls import include, path

from apps.core.health import healthz

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("accounts/", include("apps.accounts.urls")),
    path("accounts/", include("apps.accounts.allauth_urls")),
    path("", include("apps.core.urls")),
    path("", include("apps.organizations.urls")),
    path("", include("apps.indicators.urls")),
    path("", include("apps.collection.urls")),
    path("", include("apps.registers.urls")),
    path("", include("apps.surveys.urls")),
    path("", include("apps.noko.urls")),
    path("", include("apps.procedures.urls")),
    path("", include("apps.analysis.urls")),
    path("", include("apps.library.urls")),
    path("", include("apps.roadmaps.urls")),
    path("", include("apps.reports.urls")),
    path("", include("apps.desk.urls")),
    path("", include("apps.portal.urls")),
]

handler400 = "apps.core.views.bad_request"
handler403 = "apps.core.views.permission_denied"
handler404 = "apps.core.views.page_not_found"
handler429 = "apps.core.views.too_many_requests"  # django-allauth asks for it
handler500 = "apps.core.views.server_error"
