from django.apps import AppConfig


class LibraryConfig(AppConfig):
    name = "zhaoyin.report.library"
    label = "library"
    verbose_name = "项目库视图"
    default_auto_field = "django.db.models.BigAutoField"
