from django.urls import path

from . import views

app_name = "audit"
urlpatterns = [
    path("", views.index, name="index"),
    path("mine/", views.mine, name="mine"),
    path("lines/<int:pk>/", views.entry, name="entry"),
    path("export/", views.export, name="export"),
    path("verification/", views.verification, name="verification"),
    path("verification/start/", views.verify, name="verify"),
]
