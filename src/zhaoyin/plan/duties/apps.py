from django.apps import AppConfig


class DutiesConfig(AppConfig):
    name = "zhaoyin.plan.duties"
    label = "duties"
    verbose_name = "职责要求"
    default_auto_field = "django.db.models.BigAutoField"
