from django.urls import path

from . import views

app_name = "plans"
urlpatterns = [
    path("", views.index, name="index"),
    path("<int:pk>/", views.plan, name="plan"),
    path("documents/<int:pk>/", views.document, name="document"),
    path("documents/<int:pk>/progress/", views.progress, name="progress"),
    path("documents/<int:pk>/reread/", views.reread, name="reread"),
    path("documents/<int:pk>/edit/", views.edit, name="edit"),
    path("documents/<int:pk>/rows/", views.rows, name="rows"),
    path("documents/<int:pk>/projects/<int:index>/", views.project, name="project"),
    path("documents/<int:pk>/source/", views.source, name="source"),
    path("documents/<int:pk>/doubts/<int:number>/", views.settle, name="settle"),
    path("documents/<int:pk>/commit/", views.commit, name="commit"),
    path("commits/<int:pk>/", views.committed, name="committed"),
    path("commits/<int:pk>/undo/", views.undo, name="undo"),
    path("doubts/<int:pk>/", views.settle_later, name="settle_later"),
]
