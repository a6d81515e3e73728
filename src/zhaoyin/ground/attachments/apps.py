from django.apps import AppConfig


class AttachmentsConfig(AppConfig):
    name = "zhaoyin.ground.attachments"
    label = "attachments"
    verbose_name = "附件"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from zhaoyin.ground.journal import sentences

        from .sentences import NAMES, SENTENCES

        sentences.provide(SENTENCES, names=NAMES)
