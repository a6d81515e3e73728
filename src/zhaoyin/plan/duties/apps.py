from typing import Any

from django.apps import AppConfig

ACTS = {"created": "增加", "updated": "修改", "removed": "删去"}


class DutiesConfig(AppConfig):
    name = "zhaoyin.plan.duties"
    label = "duties"
    verbose_name = "职责要求"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from zhaoyin.ground.journal import sentences

        sentences.provide(
            {"duties.set": lambda detail: f"改动 {len(detail['duties'])} 项职责要求：{_names(detail['duties'])}"},
            names={"duties.set": "设定职责要求"},
        )


def _names(changes: list[dict[str, Any]]) -> str:
    return "、".join(f"{ACTS[one['act']]}“{one['name']}”" for one in changes[:3]) + ("等" if len(changes) > 3 else "")
