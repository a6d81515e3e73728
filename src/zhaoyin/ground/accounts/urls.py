from django.contrib.auth.views import LogoutView
from django.urls import path

from .access import needs
from .views import entrance, own

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
    path("by/<slug:key>/", entrance.to_provider, name="to_provider"),
    path("by/<slug:key>/back/", entrance.from_provider, name="from_provider"),
]
