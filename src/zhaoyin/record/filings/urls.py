from django.urls import path

from . import views

app_name = "filings"
urlpatterns = [
    path("", views.index, name="index"),
    path("new/", views.new, name="new"),
    path("<int:pk>/", views.filing, name="filing"),
    path("<int:pk>/steps/new/", views.step, name="step"),
    path("<int:pk>/appeal/", views.appeal, name="appeal"),
    path("appeals/<int:pk>/", views.decide, name="decide"),
]
