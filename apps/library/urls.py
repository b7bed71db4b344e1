"""Addresses of the room «library»."""

from django.urls import path

from apps.library import views
from apps.library.acts import views as acts
from apps.library.council import views as council
from apps.library.dispatches import views as dispatches
from apps.library.documents import views as documents
from apps.library.inspections import views as inspections
from apps.library.practices.views import practices, trials

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
    path("library/documents/", documents.documents, name="documents"),
    path("library/documents/new/", documents.document_new, name="document_new"),
    path("library/documents/<int:pk>/", documents.document, name="document"),
    path("library/documents/<int:pk>/edit/", documents.document_edit, name="document_edit"),
    path("library/documents/<int:pk>/versions/new/", documents.version_new, name="version_new"),
    path("library/versions/<int:pk>/", documents.version, name="version"),
    path("library/versions/<int:pk>/edit/", documents.version_edit, name="version_edit"),
    path("library/versions/<int:pk>/approve/", documents.version_approve, name="version_approve"),
    path("library/versions/<int:pk>/void/", documents.version_void, name="version_void"),
    path("library/versions/<int:pk>/file/", documents.version_file, name="version_file"),
    path("library/versions/<int:pk>/readers/", documents.readers, name="readers"),
    path("library/versions/<int:pk>/adaptations/", documents.adaptation_add, name="adaptation_add"),
    path("library/versions/<int:pk>/send/", dispatches.dispatch_new, name="dispatch_new"),
    path("library/versions/<int:pk>/council/", council.discussion_new, name="discussion_new"),
    path("library/adaptations/<int:pk>/remove/", documents.adaptation_remove, name="adaptation_remove"),
    path("library/adaptations/<int:pk>/file/", documents.adaptation_file, name="adaptation_file"),
    path("library/dispatches/", dispatches.dispatches, name="dispatches"),
    path("library/dispatches/<int:pk>/", dispatches.dispatch, name="dispatch"),
    path("library/received/", dispatches.received, name="received"),
    path("library/received/<int:pk>/", dispatches.received_one, name="received_one"),
    path("library/practices/", practices.practices, name="practices"),
    path("library/practices/new/", practices.practice_new, name="practice_new"),
    path("library/practices/<int:pk>/", practices.practice, name="practice"),
    path("library/practices/<int:pk>/edit/", practices.practice_edit, name="practice_edit"),
    path("library/practices/<int:pk>/decide/", practices.practice_decide, name="practice_decide"),
    path("library/practices/<int:pk>/advise/", practices.practice_advise, name="practice_advise"),
    path("library/practices/<int:pk>/file/", practices.practice_file, name="practice_file"),
    path("library/practices/advice/<int:pk>/answer/", practices.advice_answer, name="advice_answer"),
    path("library/trials/", trials.trials, name="trials"),
    path("library/trials/new/", trials.trial_new, name="trial_new"),
    path("library/trials/<int:pk>/", trials.trial, name="trial"),
    path("library/trials/<int:pk>/edit/", trials.trial_edit, name="trial_edit"),
    path("library/council/", council.discussions, name="discussions"),
    path("library/council/<int:pk>/", council.discussion, name="discussion"),
    path("library/council/<int:pk>/comment/", council.discussion_comment, name="discussion_comment"),
    path("library/council/<int:pk>/vote/", council.discussion_vote, name="discussion_vote"),
    path("library/council/<int:pk>/close/", council.discussion_close, name="discussion_close"),
    path("library/inspections/", inspections.inspections, name="inspections"),
    path("library/inspections/new/", inspections.inspection_new, name="inspection_new"),
    path("library/inspections/<int:pk>/", inspections.inspection, name="inspection"),
    path("library/inspections/<int:pk>/edit/", inspections.inspection_edit, name="inspection_edit"),
    path("library/inspections/<int:pk>/file/", inspections.inspection_file, name="inspection_file"),
    path("library/remarks/<int:pk>/", inspections.remark, name="remark"),
    path("library/remarks/<int:pk>/review/", inspections.remark_review, name="remark_review"),
    path("library/remarks/<int:pk>/proof/", inspections.remark_proof, name="remark_proof"),
]
