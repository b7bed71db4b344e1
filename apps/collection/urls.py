"""Addresses of the room «collection»."""

from django.urls import path

from apps.collection.views import filling, office, review, school, selfexam, selfexam_office, uploads

app_name = "collection"

urlpatterns = [
    path("office/campaigns/", office.campaigns, name="campaigns"),
    path("office/campaigns/new/", office.campaign_create, name="campaign_create"),
    path("office/campaigns/<int:pk>/", office.board, name="board"),
    path("office/campaigns/<int:pk>/export/", office.board_export, name="board_export"),
    path("office/campaigns/<int:pk>/accept/", office.bulk_accept, name="bulk_accept"),
    path("office/campaigns/<int:pk>/close/", office.campaign_close, name="campaign_close"),
    path("office/submissions/<int:pk>/", review.review, name="review"),
    path("office/submissions/<int:pk>/accept/", review.accept, name="accept"),
    path("office/submissions/<int:pk>/return/", review.give_back, name="return"),
    path("office/submissions/<int:pk>/extend/", review.extend, name="extend"),
    path("office/submissions/<int:pk>/reopen/", review.reopen, name="reopen"),
    path("office/selfexam/", selfexam_office.years, name="selfexam_years"),
    path("office/selfexam/<period:period>/", selfexam_office.board, name="selfexam_board"),
    path("office/selfexam/<period:period>/export/", selfexam_office.export, name="selfexam_export"),
    path("office/selfexam/<period:period>/<slug:code>/", selfexam_office.report, name="selfexam_report"),
    path("office/selfexam/<period:period>/<slug:code>/return/", selfexam_office.give_back, name="selfexam_return"),
    path(
        "office/selfexam/<period:period>/<slug:code>/papers/<int:pk>/<slug:kind>/",
        selfexam_office.paper,
        name="selfexam_office_paper",
    ),
    path(
        "office/selfexam/<period:period>/<slug:code>/attachments/<int:pk>/",
        selfexam_office.attachment,
        name="selfexam_office_attachment",
    ),
    path("school/selfexam/", selfexam.own, name="selfexam_own"),
    path("school/selfexam/<period:period>/", selfexam.examination, name="selfexam"),
    path("school/selfexam/<period:period>/sections/<slug:code>/", selfexam.section, name="selfexam_section"),
    path("school/selfexam/<period:period>/copy/", selfexam.copy, name="selfexam_copy"),
    path("school/selfexam/<period:period>/steps/<slug:step>/", selfexam.step, name="selfexam_step"),
    path("school/selfexam/<period:period>/undo/", selfexam.undo, name="selfexam_undo"),
    path("school/selfexam/<period:period>/attachments/", selfexam.attach, name="selfexam_attach"),
    path("school/selfexam/<period:period>/attachments/<int:pk>/", selfexam.attachment, name="selfexam_attachment"),
    path("school/selfexam/<period:period>/attachments/<int:pk>/remove/", selfexam.detach, name="selfexam_detach"),
    path("school/selfexam/<period:period>/print/", selfexam.print_out, name="selfexam_print"),
    path("school/selfexam/<period:period>/papers/<int:pk>/<slug:kind>/", selfexam.paper, name="selfexam_paper"),
    path("school/forms/", school.tasks, name="tasks"),
    path("school/forms/<int:pk>/", school.submission, name="submission"),
    path("school/forms/<int:pk>/sections/<int:number>/", filling.section, name="section"),
    path("school/forms/<int:pk>/fields/<int:field_pk>/", filling.field, name="field"),
    path("school/forms/<int:pk>/check/", filling.check, name="check"),
    path("school/forms/<int:pk>/workbook/", school.workbook, name="workbook"),
    path("school/forms/<int:pk>/explain/", school.explain, name="explain"),
    path("school/forms/<int:pk>/submit/", school.submit, name="submit"),
    path("school/forms/<int:pk>/receipt/", school.receipt, name="receipt"),
    path("school/forms/<int:pk>/uploads/", uploads.create, name="upload_create"),
    path("school/forms/<int:pk>/uploads/<int:upload_pk>/", uploads.preview, name="upload"),
    path("school/forms/<int:pk>/uploads/<int:upload_pk>/confirm/", uploads.confirm, name="upload_confirm"),
    path("school/forms/<int:pk>/uploads/<int:upload_pk>/workbook/", uploads.annotated, name="upload_annotated"),
    path("school/forms/<int:pk>/uploads/<int:upload_pk>/original/", uploads.original, name="upload_original"),
]
