from django.urls import path

from . import views

app_name = "projects"
urlpatterns = [
    path("new/", views.new, name="new"),
    path("<int:pk>/edit/", views.edit, name="edit"),
    path("<int:pk>/notes/new/", views.note, name="note"),
    path("<int:pk>/stage/", views.stage, name="stage"),
    path("<int:pk>/stage/back/", views.send_back, name="send_back"),
    path("moves/<int:pk>/", views.answer_move, name="answer_move"),
    path("moves/<int:pk>/withdraw/", views.withdraw_move, name="withdraw_move"),
    path("gates/", views.gates, name="gates"),
    path("gates/file/", views.gates_file, name="gates_file"),
    path("gates/edit/", views.edit_gates, name="edit_gates"),
    path("<int:pk>/problems/new/", views.problem, name="problem"),
    path("problems/<int:pk>/", views.settle, name="settle"),
    path("<int:pk>/contacts/new/", views.add_contact, name="add_contact"),
    path("contacts/<int:pk>/", views.edit_contact, name="edit_contact"),
    path("contacts/<int:pk>/remove/", views.remove_contact, name="remove_contact"),
    path("contacts/<int:pk>/phone/", views.phone, name="phone"),
    path("<int:pk>/files/new/", views.attach, name="attach"),
    path("files/<int:pk>/", views.download, name="download"),
    path("files/<int:pk>/remove/", views.remove_file, name="remove_file"),
    path("<int:pk>/shares/new/", views.share, name="share"),
    path("shares/<int:pk>/remove/", views.unshare, name="unshare"),
]
