from django.apps import AppConfig


class ResourcesConfig(AppConfig):
    name = "zhaoyin.record.resources"
    label = "resources"
    verbose_name = "要素"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from zhaoyin.ground.journal import sentences

        sentences.provide(
            {"resources.platform_added": lambda detail: "登记平台"}, names={"resources.platform_added": "登记平台"}
        )
