from django.urls import path

from . import views

app_name = "supervision"
urlpatterns = [
    path("", views.index, name="index"),
    path("bulletins/<str:month>/", views.bulletin, name="bulletin"),
    path("bulletins/<str:month>/document/", views.document, name="document"),
    path("bulletins/<str:month>/records/", views.records, name="records"),
]
