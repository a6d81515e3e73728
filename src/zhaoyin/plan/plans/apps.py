from typing import TYPE_CHECKING

from django.apps import AppConfig

if TYPE_CHECKING:
    from django.http import HttpRequest


class PlansConfig(AppConfig):
    name = "zhaoyin.plan.plans"
    label = "plans"
    verbose_name = "行动方案"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from zhaoyin.ground.journal import sentences
        from zhaoyin.ground.ui import context

        from .sentences import NAMES, SENTENCES

        sentences.provide(SENTENCES, names=NAMES)
        context.provide("plan", _plan_in_force)


def _plan_in_force(request: "HttpRequest") -> str:
    """The name of the plan whose year the page's day lies in, the newest where there are several."""
    from zhaoyin.ground.accounts.queries import jurisdiction_for

    from .queries import title_in_force

    here = jurisdiction_for(request)
    if here is None or not request.user.is_authenticated:
        return ""
    as_of = request.as_of  # type: ignore[attr-defined]
    return title_in_force(here.pk, as_of.year)
