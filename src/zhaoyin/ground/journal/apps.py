from django.apps import AppConfig


class JournalConfig(AppConfig):
    name = "zhaoyin.ground.journal"
    label = "journal"
    verbose_name = "操作日志"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import sentences

        sentences.provide(
            {
                "journal.verified": lambda detail: (
                    f"核验 {detail['lines']} 条，" + (f"发现 {detail['count']} 处问题" if detail["count"] else "完好")
                ),
                "journal.archived": lambda detail: (
                    f"归档 {detail['before']} 以前的 {detail['lines']} 条（第 {detail['first']}–{detail['last']} 条）"
                ),
            },
            names={"journal.verified": "核验日志", "journal.archived": "归档日志"},
        )
