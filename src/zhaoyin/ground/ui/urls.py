from django.conf import settings
from django.urls import path

from . import gallery, views

app_name = "ui"
urlpatterns = [path("as-of/", views.set_as_of, name="asof")]
if settings.DEBUG:
    urlpatterns += [path("gallery/", gallery.parts), path("gallery/list/", gallery.table)]
