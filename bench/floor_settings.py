"""The product's settings without its middleware, and one page."""

from zhaoyin.config.settings import *  # noqa: F403

MIDDLEWARE: list[str] = []
ROOT_URLCONF = "bench.floor_urls"
