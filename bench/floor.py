"""The floor of a page: the least that a Django view with one query of fifty rows can take on the same server."""

import os

os.environ["DJANGO_SETTINGS_MODULE"] = "bench.floor_settings"

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()
