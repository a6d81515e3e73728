from django.apps import AppConfig


class ImportsConfig(AppConfig):
    name = "zhaoyin.record.imports"
    label = "imports"
    verbose_name = "项目导入"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from zhaoyin.ground.journal import sentences

        from .sentences import NAMES, SENTENCES

        sentences.provide(SENTENCES, names=NAMES)
