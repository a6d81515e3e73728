from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "zhaoyin.ground.audit"
    label = "audit"
    verbose_name = "日志查阅"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from zhaoyin.ground.journal import sentences

        from .sentences import NAMES, SENTENCES

        sentences.provide(SENTENCES, names=NAMES)
