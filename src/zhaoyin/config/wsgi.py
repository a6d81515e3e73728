import os

from django.core.wsgi import get_wsgi_application

from zhaoyin.config import collector

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhaoyin.config.settings")
application = get_wsgi_application()
collector.settle()
