"""The product's settings with one page, and no middleware but the one that an application refuses to start without."""

from zhaoyin.config.settings import *  # noqa: F403

MIDDLEWARE = ["allauth.account.middleware.AccountMiddleware"]
ROOT_URLCONF = "bench.floor_urls"
