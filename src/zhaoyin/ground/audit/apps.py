from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "zhaoyin.ground.audit"
    label = "audit"
    verbose_name = "日志查阅"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from zhaoyin.ground.access.queries import may
        from zhaoyin.ground.access.rules import Permission
        from zhaoyin.ground.journal import sentences
        from zhaoyin.ground.ui import navigation

        from .sentences import NAMES, SENTENCES

        sentences.provide(SENTENCES, names=NAMES)
        navigation.restrict("audit", lambda request: may(request.user, Permission.JOURNAL_READ))
