from django.apps import AppConfig


class InvestorsConfig(AppConfig):
    name = "zhaoyin.record.investors"
    label = "investors"
    verbose_name = "投资方"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from zhaoyin.ground.journal import sentences

        from .sentences import NAMES, SENTENCES

        sentences.provide(SENTENCES, names=NAMES)
