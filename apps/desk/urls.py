"""Addresses of the room «desk»."""

from django.urls import path
from django.views.generic import RedirectView

from apps.desk import views
from apps.desk.calendar import views as calendar
from apps.desk.directions import views as directions
from apps.desk.graduates import views as graduates
from apps.desk.inbox import views as inbox
from apps.desk.panels import views as panels
from apps.desk.profile import views as profile

app_name = "desk"

_to_today = RedirectView.as_view(pattern_name="desk:today")

urlpatterns = [
    path("today/", views.today, name="today"),
    path("inbox/", inbox.inbox, name="inbox"),
    path("inbox/<int:pk>/open/", inbox.notice_open, name="notice_open"),
    path("inbox/read/", inbox.read_all, name="inbox_read_all"),
    path("calendar/", calendar.calendar, name="calendar"),
    path("calendar/address/", calendar.feed_renew, name="calendar_feed_renew"),
    path("calendar/<str:token>.ics", calendar.calendar_feed, name="calendar_feed"),
    path("directions/", directions.directions, name="directions"),
    path("directions/<str:code>/", directions.direction, name="direction"),
    path("directions/<str:code>/switch/", directions.switch, name="direction_switch"),
    path("directions/<str:code>/purpose/", directions.purpose, name="direction_purpose"),
    path("directions/<str:code>/conditions/", directions.condition_add, name="condition_add"),
    path("directions/<str:code>/conditions/<int:pk>/remove/", directions.condition_remove, name="condition_remove"),
    path("directions/<str:code>/collect/", directions.collect, name="direction_collect"),
    path("directions/<str:code>/goals/new/", directions.goal, name="goal_create"),
    path("directions/<str:code>/goals/<int:pk>/", directions.goal, name="goal"),
    path("directions/<str:code>/goals/<int:pk>/end/", directions.goal_end, name="goal_end"),
    path("directions/<str:code>/measures/new/", directions.measure, name="measure"),
    path("directions/<str:code>/measures/<int:pk>/done/", directions.measure_done, name="measure_done"),
    path("graduates/", graduates.graduates, name="graduates"),
    path("panels/measure/", panels.measure, name="panel_measure"),
    path("panels/<slug:slug>/", panels.panel, name="panel"),
    path("profiles/", profile.profiles, name="profiles"),
    path("profiles/files/<uuid:pk>/", profile.profile_file, name="profile_file"),
    path("profiles/<slug:code>/", profile.profile, name="profile"),
    path("profiles/<slug:code>/pdf/", profile.profile_pdf, name="profile_pdf"),
    path("office/demo/example/", views.example_file, name="example_file"),
    path("office/demo/example/import/", views.example_import, name="example_import"),
    path("office/", _to_today, name="office"),
    path("school/", _to_today, name="school"),
]
