from django.urls import path

from . import views

app_name = "library"
urlpatterns = [
    path("", views.front, name="front"),
    path("library/", views.index, name="index"),
    path("library/board/", views.board, name="board"),
    path("library/export/", views.export, name="export"),
    path("projects/<int:pk>/", views.project, name="project"),
]
