"""Addresses of the room «surveys». `/s/` is short: it is typed from paper."""

from django.urls import path

from apps.surveys.views import answering, editor, office, public, school

app_name = "surveys"

urlpatterns = [
    path("s/<slug:token>/", answering.respond, name="respond"),
    path("s/<slug:token>/thanks/", answering.thanks, name="thanks"),
    path("surveys/", public.published_surveys, name="published_surveys"),
    path("surveys/<int:pk>/", public.published_survey, name="published_survey"),
    path("office/surveys/", office.surveys, name="surveys"),
    path("office/surveys/create/", office.survey_create, name="survey_create"),
    path("office/surveys/<int:pk>/", office.survey, name="survey"),
    path("office/surveys/<int:pk>/invited/", office.invited, name="invited"),
    path("office/surveys/<int:pk>/close/", office.close, name="close"),
    path("office/surveys/<int:pk>/publish/", office.publish, name="publish"),
    path("office/surveys/<int:pk>/withdraw/", office.withdraw, name="withdraw"),
    path("office/surveys/<int:pk>/results/", office.results, name="results"),
    path("office/surveys/<int:pk>/results.xlsx", office.results_file, name="results_file"),
    path("office/surveys/<int:pk>/texts/", office.texts, name="texts"),
    path("office/surveys/texts/<uuid:pk>/", office.text_judge, name="text_judge"),
    path("office/surveys/links/<int:pk>/code.svg", office.qr, name="qr"),
    path("office/surveys/links/<int:pk>/", office.poster, name="poster"),
    path("office/questionnaires/", editor.questionnaires, name="questionnaires"),
    path("office/questionnaires/create/", editor.questionnaire_create, name="questionnaire_create"),
    path("office/questionnaires/<int:pk>/", editor.questionnaire, name="questionnaire"),
    path("office/questionnaires/<int:pk>/copy/", editor.questionnaire_copy, name="questionnaire_copy"),
    path("office/questionnaires/<int:pk>/preview/", editor.preview, name="preview"),
    path("office/questionnaires/<int:pk>/sections/create/", editor.section_edit, name="section_create"),
    path("office/questionnaires/<int:pk>/sections/<int:section>/", editor.section_edit, name="section"),
    path(
        "office/questionnaires/<int:pk>/sections/<int:section>/questions/create/",
        editor.question_edit,
        name="question_create",
    ),
    path(
        "office/questionnaires/<int:pk>/sections/<int:section>/questions/<int:question>/",
        editor.question_edit,
        name="question",
    ),
    path("office/questionnaires/<int:pk>/<slug:kind>/<int:part>/move/", editor.part_move, name="part_move"),
    path("office/questionnaires/<int:pk>/<slug:kind>/<int:part>/delete/", editor.part_delete, name="part_delete"),
    path("school/surveys/", school.own_surveys, name="own_surveys"),
    path("school/surveys/<int:pk>/", school.own_survey, name="own_survey"),
]
