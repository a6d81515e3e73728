from typing import TYPE_CHECKING, Any

from django.apps import AppConfig

if TYPE_CHECKING:
    from django.http import HttpRequest


class AccountsConfig(AppConfig):
    name = "zhaoyin.ground.accounts"
    label = "accounts"
    verbose_name = "账号"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from zhaoyin.ground.access import queries as access
        from zhaoyin.ground.journal import sentences
        from zhaoyin.ground.ui import asof, context

        from . import holdings, signals
        from .queries import jurisdiction_for
        from .sentences import NAMES, SENTENCES

        access.provide(holding=holdings.holding_of, area=holdings.area_of)
        signals.connect()
        sentences.provide(SENTENCES, names=NAMES)

        def here(name: str) -> Any:
            return lambda request: getattr(jurisdiction_for(request), name, None)

        context.provide("place", here("name"))
        context.provide("demo", here("demo"))
        context.provide("user_name", lambda request: str(request.user) if request.user.is_authenticated else "")
        context.provide("user_note", lambda request: _unit_name(request))
        asof.provide(here("opens_on"))


def _unit_name(request: "HttpRequest") -> str:
    unit = getattr(request.user, "unit", None)
    return unit.name if unit else ""
