from django.urls import path

from . import views

app_name = "library"
urlpatterns = [
    path("", views.front, name="front"),
    path("library/", views.index, name="index"),
    path("library/board/", views.board, name="board"),
    path("library/bulk/", views.bulk, name="bulk"),
    path("library/views/", views.saved, name="saved"),
    path("library/views/<int:pk>/remove/", views.remove_view, name="remove_view"),
    path("library/views/<int:pk>/first/", views.first_view, name="first_view"),
    path("projects/<int:pk>/pin/", views.pin, name="pin"),
    path("library/export/", views.export, name="export"),
    path("projects/<int:pk>/", views.project, name="project"),
]
