"""Addresses of the room «accounts»."""

from django.urls import path

from apps.accounts import views

app_name = "accounts"

urlpatterns = [
    path("people/", views.people, name="people"),
    path("people/<int:pk>/", views.person, name="person"),
    path("people/<int:pk>/active/", views.person_active, name="person_active"),
    path("memberships/<int:pk>/end/", views.membership_end, name="membership_end"),
    path("invitations/new/", views.invite, name="invite"),
    path("invitations/<int:pk>/withdraw/", views.invitation_withdraw, name="invitation_withdraw"),
    path("invitations/<str:token>/", views.invitation, name="invitation"),
    path("switch/", views.switch, name="switch"),
    path("demo/", views.demo_login, name="demo_login"),
]
