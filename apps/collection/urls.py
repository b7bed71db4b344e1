"""Addresses of the room «collection»."""

from django.urls import path

from apps.collection.views import filling, office, review, school, uploads

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
