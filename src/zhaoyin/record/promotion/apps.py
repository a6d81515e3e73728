from django.apps import AppConfig


class PromotionConfig(AppConfig):
    name = "zhaoyin.record.promotion"
    label = "promotion"
    verbose_name = "推介"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from zhaoyin.ground.journal import sentences

        from .models import EventKind

        sentences.provide(
            {"promotion.event_recorded": lambda detail: f"登记 {detail['on']} 的{EventKind(detail['kind']).label}活动"},
            names={"promotion.event_recorded": "登记推介活动"},
        )
