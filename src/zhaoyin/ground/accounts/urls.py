from django.contrib.auth.views import LogoutView
from django.urls import path

from zhaoyin.ground.access.needs import needs

from .views import entrance, own, people, roster

app_name = "accounts"
urlpatterns = [
    path("login/", entrance.sign_in, name="login"),
    path("logout/", needs()(LogoutView.as_view()), name="logout"),
    path("second-factor/", entrance.second_factor, name="second_factor"),
    path("second-factor/set-up/", own.set_up_factor, name="set_up_factor"),
    path("recovery-codes/", own.recovery_codes, name="recovery_codes"),
    path("recovery-codes/file/", own.recovery_file, name="recovery_file"),
    path("password/", own.password, name="password"),
    path("security/", own.security, name="security"),
    path("sessions/end/", own.end_session, name="end_session"),
    path("mine/", people.mine, name="mine"),
    path("roles/", people.roles, name="roles"),
    path("people/", people.index, name="people"),
    path("people/new/", people.new, name="new_person"),
    path("people/bring/", roster.bring, name="bring"),
    path("people/bring/confirm/", roster.confirm, name="confirm_roster"),
    path("people/bring/passwords/", roster.passwords, name="roster_passwords"),
    path("people/bring/blank/", roster.blank, name="blank_roster"),
    path("people/export/", roster.export, name="export_people"),
    path("people/<int:pk>/", people.person, name="person"),
    path("people/<int:pk>/edit/", people.edit, name="edit_person"),
    path("people/<int:pk>/close/", people.close, name="close_person"),
    path("people/<int:pk>/grant/", people.grant, name="grant"),
    path("people/<int:pk>/revoke/<int:grant>/", people.revoke, name="revoke"),
    path("people/<int:pk>/secure/", people.secure, name="secure_person"),
    path("by/<slug:key>/", entrance.to_provider, name="to_provider"),
    path("by/<slug:key>/back/", entrance.from_provider, name="from_provider"),
]
