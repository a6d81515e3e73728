"""What `npm run build` left behind: names of bundles, and the drawings of icons."""

import json
import time
from functools import lru_cache
from pathlib import Path

from django.templatetags.static import static
from markupsafe import Markup

DIST = Path(__file__).parent / "static" / "dist"


@lru_cache(maxsize=8)
def _read(name: str, written: int) -> dict[str, str]:
    read: dict[str, str] = json.loads((DIST / name).read_text(encoding="utf-8"))
    return read


def _written(name: str) -> int | None:
    """When a file of the build was written; None before the first build. A page asks thirty times: one look a second."""
    return _looked(name, int(time.monotonic()))


@lru_cache(maxsize=8)
def _looked(name: str, second: int) -> int | None:
    try:
        return (DIST / name).stat().st_mtime_ns
    except FileNotFoundError:
        return None


def _file(name: str) -> dict[str, str] | None:
    """The JSON file of the build, read anew after every build; None before the first."""
    written = _written(name)
    return None if written is None else _read(name, written)


def asset(name: str) -> str:
    """The address of a bundle (`app.css`) under its hashed name; the plain name as long as nothing is built."""
    return _address(name, _written("manifest.json"))


@lru_cache(maxsize=32)
def _address(name: str, written: int | None) -> str:
    return static(f"dist/{name if written is None else _read('manifest.json', written).get(name, name)}")


def has_asset(name: str) -> bool:
    """Whether the build made a bundle of this name."""
    return name in (_file("manifest.json") or {})


def icon(name: str, css: str = "", label: str = "") -> Markup:
    """An outline icon as inline SVG, silent to screen readers unless it has a `label`.

    LookupError for a name that assets/icons.json does not list; an empty drawing as long as nothing is built.
    """
    return _drawing(name, css, label, _written("icons.json"))


# A page draws some thirty icons, the same ones every time. Labels may name records, so the number kept has an end.
@lru_cache(maxsize=1024)
def _drawing(name: str, css: str, label: str, written: int | None) -> Markup:
    drawn = None if written is None else _read("icons.json", written)
    if drawn is not None and name not in drawn:
        raise LookupError(f"icon {name} is not listed in assets/icons.json")
    spoken = Markup('role="img" aria-label="{}"').format(label) if label else Markup('aria-hidden="true"')
    drawing = Markup((drawn or {}).get(name, ""))  # noqa: S704 (our own build wrote it)
    return Markup(
        '<svg class="icon{}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.6" '
        'stroke-linecap="round" stroke-linejoin="round" {}>{}</svg>'
    ).format(f" {css}" if css else "", spoken, drawing)
