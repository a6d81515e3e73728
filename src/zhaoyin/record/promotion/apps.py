from django.apps import AppConfig


class PromotionConfig(AppConfig):
    name = "zhaoyin.record.promotion"
    label = "promotion"
    verbose_name = "推介"
    default_auto_field = "django.db.models.BigAutoField"
