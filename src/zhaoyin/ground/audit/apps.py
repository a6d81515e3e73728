from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "zhaoyin.ground.audit"
    label = "audit"
    verbose_name = "操作日志查阅"
    default_auto_field = "django.db.models.BigAutoField"
