"""The environment of our templates: what every one of them may call."""

from functools import lru_cache
from typing import Any

from django.urls import get_script_prefix, get_urlconf, reverse
from jinja2 import Environment

from . import built, figures


def url(name: str, *args: Any, **kwargs: Any) -> str:
    """The address of a named page; NoReverseMatch for a wrong name."""
    return _address(name, args, tuple(kwargs.items()), get_urlconf(), get_script_prefix())


@lru_cache(maxsize=2048)
def _address(name: str, args: tuple[Any, ...], kwargs: tuple[tuple[str, Any], ...], urlconf: Any, prefix: str) -> str:
    return reverse(name, urlconf, args or None, dict(kwargs) or None)


def environment(**options: Any) -> Environment:
    """Autoescape is on, whatever the options say; blocks leave no blank lines behind."""
    options.update(autoescape=True, trim_blocks=True, lstrip_blocks=True)
    made = Environment(**options)  # noqa: S701 (autoescape is set above)
    made.globals.update(url=url, asset=built.asset, has_asset=built.has_asset, icon=built.icon)
    made.globals.update(static=built.static)
    made.filters.update(figures.FILTERS)
    return made
