from django.apps import AppConfig


class FilingsConfig(AppConfig):
    name = "zhaoyin.record.filings"
    label = "filings"
    verbose_name = "招引备案"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from zhaoyin.ground.journal import sentences
        from zhaoyin.record.projects.queries import timeline

        from .sentences import NAMES, SENTENCES
        from .telling import moments

        sentences.provide(SENTENCES, names=NAMES)
        timeline.provide(moments)
