from django.apps import AppConfig


class SupervisionConfig(AppConfig):
    name = "zhaoyin.report.supervision"
    label = "supervision"
    verbose_name = "督查"
    default_auto_field = "django.db.models.BigAutoField"
