"""Addresses of projects; joined to those of the room."""

from django.urls import URLPattern, path

from apps.roadmaps.projects.views import members, monitoring, pages, parts

urlpatterns: list[URLPattern] = [
    path("projects/", pages.projects, name="projects"),
    path("projects/new/", pages.project_new, name="project_new"),
    path("projects/<int:pk>/", pages.project, name="project"),
    path("projects/<int:pk>/edit/", pages.project_edit, name="project_edit"),
    path("projects/<int:pk>/state/", pages.project_move, name="project_move"),
    path("projects/<int:pk>/levels/", pages.levels, name="project_levels"),
    path("projects/<int:pk>/passport.docx", pages.passport_docx, name="project_passport_docx"),
    path("projects/<int:pk>/passport.pdf", pages.passport_pdf, name="project_passport_pdf"),
    path("projects/passports/<uuid:pk>/", pages.passport_file, name="project_passport_file"),
    path("projects/<int:pk>/stages/", parts.stage_add, name="project_stage_add"),
    path("projects/stages/<int:pk>/finish/", parts.stage_finish, name="project_stage_finish"),
    path("projects/stages/<int:pk>/report/", members.stage_report, name="project_stage_report"),
    path("projects/reports/<int:pk>/file/", members.report_file, name="project_report_file"),
    path("projects/<int:pk>/indicators/", parts.indicator_add, name="project_indicator_add"),
    path("projects/indicators/<int:pk>/", parts.indicator_edit, name="project_indicator"),
    path("projects/indicators/<int:pk>/remove/", parts.indicator_remove, name="project_indicator_remove"),
    path("projects/<int:pk>/regulation/", parts.regulation_add, name="project_regulation_add"),
    path("projects/<int:pk>/regulation/approve/", parts.regulation_approve, name="project_regulation_approve"),
    path("projects/<int:pk>/roadmap/", parts.roadmap_link, name="project_roadmap"),
    path("projects/<int:pk>/apply/", members.apply, name="project_apply"),
    path("projects/members/<int:pk>/", members.member, name="project_member"),
    path("projects/members/<int:pk>/decide/", members.decide, name="project_decide"),
    path("projects/members/<int:pk>/leave/", members.leave, name="project_leave"),
    path("projects/members/<int:pk>/results/", members.results, name="project_results"),
    path("projects/members/<int:pk>/products/new/", members.product_new, name="project_product_new"),
    path("projects/products/<int:pk>/", members.product, name="project_product"),
    path("projects/products/<int:pk>/edit/", members.product_edit, name="project_product_edit"),
    path("projects/products/<int:pk>/file/", members.product_file, name="project_product_file"),
    path("projects/<int:pk>/monitoring/new/", monitoring.monitoring_new, name="project_monitoring_new"),
    path("projects/monitoring/<int:pk>/", monitoring.monitoring, name="project_monitoring"),
    path("projects/monitoring/<int:pk>/edit/", monitoring.monitoring_edit, name="project_monitoring_edit"),
    path("projects/monitoring/<int:pk>/show/", monitoring.monitoring_show, name="project_monitoring_show"),
]
