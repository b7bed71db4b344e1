"""Addresses of decisions; the room's `urls` takes them in."""

from django.contrib.auth.decorators import login_not_required
from django.urls import path

from apps.roadmaps.decisions.views import acting, executing, preparing, register

urlpatterns = [
    path("office/decisions/", register.decisions, name="decisions"),
    path("office/decisions/new/", preparing.decision_new, name="decision_new"),
    path("office/decisions/board/", executing.board, name="decision_board"),
    path("office/decisions/board/file/", executing.board_file, name="decision_board_file"),
    path("office/decisions/control/", register.control, name="decision_control"),
    path("office/decisions/undated/", register.undated, name="decision_undated"),
    path("office/decisions/calendar/", register.terms, name="decision_calendar"),
    path("office/decisions/templates/", preparing.acts, name="decision_templates"),
    path("office/decisions/templates/new/", preparing.act, name="decision_template_new"),
    path("office/decisions/templates/<int:pk>/", preparing.act, name="decision_template"),
    path("office/decisions/<int:pk>/", acting.decision, name="decision"),
    path("office/decisions/<int:pk>/edit/", preparing.decision_edit, name="decision_edit"),
    path("office/decisions/<int:pk>/drop/", preparing.decision_drop, name="decision_drop"),
    path("office/decisions/<int:pk>/items/new/", preparing.items_new, name="decision_items_new"),
    path("office/decisions/<int:pk>/annexes/new/", preparing.annex_new, name="decision_annex_new"),
    path("office/decisions/<int:pk>/approval/", acting.approval, name="decision_approval"),
    path("office/decisions/<int:pk>/approve/", acting.approve, name="decision_approve"),
    path("office/decisions/<int:pk>/sign/", acting.sign, name="decision_sign"),
    path("office/decisions/<int:pk>/cancel/", acting.cancel, name="decision_cancel"),
    path("office/decisions/<int:pk>/controller/", acting.controller, name="decision_controller"),
    path("office/decisions/<int:pk>/execution/<slug:kind>/", acting.execution, name="decision_execution"),
    path("office/decisions/items/<int:pk>/", executing.item, name="decision_item"),
    path("office/decisions/items/<int:pk>/act/", executing.item_act, name="decision_item_act"),
    path("office/decisions/items/<int:pk>/edit/", preparing.item_edit, name="decision_item_edit"),
    path("office/decisions/annexes/<int:pk>/", acting.annex_file, name="decision_annex"),
    path("office/decisions/annexes/<int:pk>/change/", preparing.annex_change, name="decision_annex_change"),
    path("office/decisions/lines/<int:pk>/", executing.line, name="assignment"),
    path("office/decisions/proofs/<int:pk>/", executing.proof, name="assignment_proof"),
    path("school/decisions/", executing.own, name="own_assignments"),
    path("school/decisions/own/", register.own_decisions, name="own_decisions"),
    path("acts/", login_not_required(register.open_acts), name="open_acts"),
    path("acts/<int:pk>/", login_not_required(acting.open_act), name="open_act"),
]
