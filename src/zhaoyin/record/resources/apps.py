from django.apps import AppConfig


class ResourcesConfig(AppConfig):
    name = "zhaoyin.record.resources"
    label = "resources"
    verbose_name = "要素"
    default_auto_field = "django.db.models.BigAutoField"
