"""Django's settings. What an office may change comes from the environment (see environment.py)."""

import os
from pathlib import Path

from csp.constants import NONE, SELF

from zhaoyin.config import environment

SOURCE = Path(__file__).resolve().parents[1]
DATA_DIR = environment.data_dir()
SECRET_KEY = environment.secret_key(DATA_DIR)
DEBUG = os.environ.get("ZHAOYIN_DEBUG") == "1"
ALLOWED_HOSTS = os.environ.get("ZHAOYIN_HOSTS", "127.0.0.1,localhost,[::1]").split(",")
AS_OF = environment.as_of()

ROOMS = [
    "zhaoyin.report.supervision",
    "zhaoyin.report.library",
    "zhaoyin.plan.plans",
    "zhaoyin.plan.schedules",
    "zhaoyin.plan.targets",
    "zhaoyin.plan.duties",
    "zhaoyin.record.projects",
    "zhaoyin.record.promotion",
    "zhaoyin.record.resources",
    "zhaoyin.ground.audit",
    "zhaoyin.ground.accounts",
    "zhaoyin.ground.organisations",
    "zhaoyin.ground.journal",
    "zhaoyin.ground.ui",
]
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "treebeard",
    "csp",
    "django_tasks",
    "django_tasks_db",
    *ROOMS,
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "zhaoyin.ground.journal.origin.OriginMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "zhaoyin.ground.accounts.middleware.PasswordChangeMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "zhaoyin.ground.ui.asof.AsOfMiddleware",
]
ROOT_URLCONF = "zhaoyin.config.urls"
WSGI_APPLICATION = "zhaoyin.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [
            templates for room in ROOMS if (templates := SOURCE.joinpath(*room.split(".")[1:], "templates")).is_dir()
        ],
        "OPTIONS": {
            "environment": "zhaoyin.ground.ui.jinja.environment",
            "context_processors": [
                "django.contrib.messages.context_processors.messages",
                "zhaoyin.ground.ui.context.shell",
            ],
        },
    },
    # Pages of third parties only.
    {"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True},
]

DATABASES = {"default": environment.database(DATA_DIR)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["zhaoyin.ground.accounts.backends.LocalBackend"]
LOGIN_URL = "accounts:login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "accounts:login"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "zhaoyin.ground.accounts.passwords.Length", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

# The journal's key, the head of its chain and its archives: kept apart from the database.
JOURNAL_DIR = DATA_DIR / "journal"
JOURNAL_HASH = environment.journal_hash()
JOURNAL_KEEP_DAYS = environment.journal_keep_days()

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATICFILES_DIRS: list[Path] = []
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
# The build puts a hash of the contents into every name: a browser need never ask again.
WHITENOISE_IMMUTABLE_FILE_TEST = r"/dist/.+\.[0-9a-f]{12}\."
MEDIA_ROOT = DATA_DIR / "attachments"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
SESSION_ENGINE = "zhaoyin.ground.accounts.sessions"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 3600
CSRF_COOKIE_HTTPONLY = True
# An office that serves over TLS says so; without it a browser would never send the cookies back.
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = os.environ.get("ZHAOYIN_TLS") == "1"
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
