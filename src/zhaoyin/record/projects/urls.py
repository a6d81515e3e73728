from django.urls import path

from . import views

app_name = "projects"
urlpatterns = [
    path("new/", views.new, name="new"),
    path("<int:pk>/edit/", views.edit, name="edit"),
    path("<int:pk>/notes/new/", views.note, name="note"),
    path("<int:pk>/stage/", views.stage, name="stage"),
    path("<int:pk>/problems/new/", views.problem, name="problem"),
    path("problems/<int:pk>/", views.settle, name="settle"),
]
