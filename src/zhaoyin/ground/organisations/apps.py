from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "zhaoyin.ground.organisations"
    label = "organisations"
    verbose_name = "组织"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from zhaoyin.ground.journal import sentences

        from . import closing
        from .queries.closing import people_and_accounts
        from .sentences import NAMES, SENTENCES

        sentences.provide(SENTENCES, names=NAMES)
        closing.provide(people_and_accounts)
