from django.urls import path

from . import views

app_name = "schedules"
urlpatterns = [
    path("new/<int:project>/", views.add, name="add"),
    path("<int:pk>/reach/", views.reach, name="reach"),
    path("<int:pk>/move/", views.move, name="move"),
]
