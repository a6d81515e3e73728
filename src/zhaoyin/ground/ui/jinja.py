"""The environment of our templates: what every one of them may call."""

from typing import Any

from django.urls import reverse
from jinja2 import Environment

from . import built, figures


def url(name: str, *args: Any, **kwargs: Any) -> str:
    """The address of a named page; NoReverseMatch for a wrong name."""
    return reverse(name, args=args or None, kwargs=kwargs or None)


def environment(**options: Any) -> Environment:
    """Autoescape is on, whatever the options say; blocks leave no blank lines behind."""
    options.update(autoescape=True, trim_blocks=True, lstrip_blocks=True)
    made = Environment(**options)  # noqa: S701 (autoescape is set above)
    made.globals.update(url=url, asset=built.asset, has_asset=built.has_asset, icon=built.icon)
    made.globals.update(static=built.static)
    made.filters.update(figures.FILTERS)
    return made
