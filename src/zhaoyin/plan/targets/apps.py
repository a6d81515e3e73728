from typing import Any

from django.apps import AppConfig

ACTS = {"created": "增加", "updated": "修改", "removed": "删去"}


class TargetsConfig(AppConfig):
    name = "zhaoyin.plan.targets"
    label = "targets"
    verbose_name = "目标"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from zhaoyin.ground.journal import sentences

        sentences.provide(
            {"targets.set": lambda detail: f"改动 {len(detail['targets'])} 项目标：{_names(detail['targets'])}"},
            names={"targets.set": "设定目标"},
        )


def _names(changes: list[dict[str, Any]]) -> str:
    return "、".join(f"{ACTS[one['act']]}“{one['name']}”" for one in changes[:3]) + ("等" if len(changes) > 3 else "")
