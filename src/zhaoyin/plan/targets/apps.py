from django.apps import AppConfig


class TargetsConfig(AppConfig):
    name = "zhaoyin.plan.targets"
    label = "targets"
    verbose_name = "目标"
    default_auto_field = "django.db.models.BigAutoField"
