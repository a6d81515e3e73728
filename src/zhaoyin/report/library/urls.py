from django.urls import path
from django.views.generic import RedirectView

from . import views

app_name = "library"
urlpatterns = [
    # Until the workbench is built, the library is the first page.
    path("", RedirectView.as_view(pattern_name="library:index"), name="front"),
    path("library/", views.index, name="index"),
    path("library/export/", views.export, name="export"),
    path("projects/<int:pk>/", views.project, name="project"),
    path("projects/doubts/<int:pk>/", views.settle_doubt, name="settle_doubt"),
]
