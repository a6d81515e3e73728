from django.apps import AppConfig


class SupervisionConfig(AppConfig):
    name = "zhaoyin.report.supervision"
    label = "supervision"
    verbose_name = "督查"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from zhaoyin.ground.journal import sentences

        sentences.provide(
            {
                "supervision.bulletin_exported": lambda detail: (
                    f"导出 {detail['period']} 督查通报（截至 {detail['as_of']}）"
                )
            },
            names={"supervision.bulletin_exported": "导出通报"},
        )
