"""Django's settings. What an office may change comes from the environment (see environment.py)."""

import os
from datetime import timedelta
from pathlib import Path

from csp.constants import NONCE, NONE, SELF

from zhaoyin.config import environment

SOURCE = Path(__file__).resolve().parents[1]
DATA_DIR = environment.data_dir()
SECRET_KEY = environment.secret_key(DATA_DIR)
DEBUG = os.environ.get("ZHAOYIN_DEBUG") == "1"
ALLOWED_HOSTS = os.environ.get("ZHAOYIN_HOSTS", "127.0.0.1,localhost,[::1]").split(",")
AS_OF = environment.as_of()
# An office that serves over TLS, by a front that passes requests on, says so.
TLS = environment.flag("ZHAOYIN_TLS")
# Fronts that pass requests on and write the visitor's address into X-Forwarded-For.
PROXIES = environment.whole("ZHAOYIN_PROXIES", 0)
# Where they stand; without addresses whoever reaches the product's port is believed.
PROXY_ADDRESSES = environment.networks("ZHAOYIN_PROXY_ADDRESSES")

ROOMS = [
    "zhaoyin.report.supervision",
    "zhaoyin.report.library",
    "zhaoyin.plan.plans",
    "zhaoyin.plan.schedules",
    "zhaoyin.plan.targets",
    "zhaoyin.plan.duties",
    "zhaoyin.record.imports",
    "zhaoyin.record.filings",
    "zhaoyin.record.projects",
    "zhaoyin.record.promotion",
    "zhaoyin.record.investors",
    "zhaoyin.record.resources",
    "zhaoyin.ground.audit",
    "zhaoyin.ground.attachments",
    "zhaoyin.ground.accounts",
    "zhaoyin.ground.organisations",
    "zhaoyin.ground.journal",
    "zhaoyin.ground.ui",
]
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "treebeard",
    "csp",
    "django_tasks",
    "django_tasks_db",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "axes",
    *ROOMS,
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "zhaoyin.ground.ui.headers.HeadersMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "zhaoyin.ground.journal.origin.OriginMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "zhaoyin.ground.accounts.middleware.SignInMiddleware",
    "zhaoyin.ground.accounts.middleware.EntranceMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "zhaoyin.ground.accounts.access.AccessMiddleware",
    "zhaoyin.ground.accounts.limits.LimitsMiddleware",
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
                "zhaoyin.ground.accounts.access.allowances",
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
CSRF_FAILURE_VIEW = "zhaoyin.ground.accounts.views.entrance.stale"
PASSWORD_HASHERS = ["zhaoyin.ground.accounts.passwords.Hasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"zhaoyin.ground.accounts.passwords.{rule}"} for rule in ("Length", "Kinds", "Common", "Unlike", "Unused")
]
PASSWORD_DAYS = environment.whole("ZHAOYIN_PASSWORD_DAYS", 180)

# The second factor and single sign-on are django-allauth's; adapters.py fits them to us.
SECOND_FACTOR_FOR_ALL = environment.second_factor_for_all()
FACTOR_KEY = environment.secret_key(DATA_DIR, "factor-key")
SOCIALACCOUNT_PROVIDERS = environment.single_sign_on()
ACCOUNT_ADAPTER = "zhaoyin.ground.accounts.adapters.AccountAdapter"
MFA_ADAPTER = "zhaoyin.ground.accounts.adapters.FactorAdapter"
SOCIALACCOUNT_ADAPTER = "zhaoyin.ground.accounts.adapters.SingleSignOnAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if TLS else "http"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_TOLERANCE = 1
# A sign-in link may be followed at once: what it starts ends in the visitor's own account, or nowhere.
SOCIALACCOUNT_LOGIN_ON_GET = True
# django-axes keeps the failures; locks.py says how they count.
AXES_HANDLER = "zhaoyin.ground.accounts.locks.Handler"
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_CLIENT_IP_CALLABLE = "zhaoyin.ground.journal.origin.address_of"
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
# The sign-in page itself says that an account is locked.
SILENCED_SYSTEM_CHECKS = ["axes.W002"]

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
# Files that people bring: outside of everything that is served, looked into and handed out by ground.attachments.
MEDIA_ROOT = DATA_DIR / "attachments"
ATTACHMENT_BYTES = environment.whole("ZHAOYIN_ATTACHMENT_MB", 20, 1) << 20
ATTACHMENT_QUOTA_BYTES = environment.whole("ZHAOYIN_ATTACHMENT_QUOTA_MB", 200, 1) << 20
ATTACHMENT_KINDS = environment.attachment_kinds()
PLAN_DOCUMENT_BYTES = 20 << 20
# No upload is larger than the largest of these: the rest of one that is goes to no disk.
UPLOAD_BYTES = max(ATTACHMENT_BYTES, PLAN_DOCUMENT_BYTES)
FILE_UPLOAD_HANDLERS = [
    "zhaoyin.ground.attachments.receiving.LargestUpload",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
# Seals telephone numbers of investors' people (ground/sealing.py).
RECORD_KEY = environment.secret_key(DATA_DIR, "record-key")
# How often a minute one person may ask for what costs much (ground.access.limits says which pages those are).
LIMITS = environment.limits({"export": 60, "document": 60, "upload": 120, "verify": 3, "search": 120, "phone": 10})
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
DATA_UPLOAD_MAX_NUMBER_FILES = 20
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        # Not even a script of our own address runs unless the page itself put it there.
        "script-src": [NONCE],
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
# Unused for so long, or in use for twelve hours, a session ends; the browser forgets it when it is closed.
SESSION_COOKIE_AGE = environment.whole("ZHAOYIN_IDLE_MINUTES", 30, 2) * 60
SESSION_LASTS = timedelta(hours=12)
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
# Without TLS a browser would never send secure cookies back. Under a __Host- name none comes from a neighbouring host.
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = TLS
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = ("__Host-session", "__Host-csrf") if TLS else ("sessionid", "csrftoken")
# Only a front can say how it was reached; what a visitor says of it without one is not believed.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TLS and PROXIES else None
SECURE_SSL_REDIRECT = TLS and PROXIES > 0 and environment.flag("ZHAOYIN_TLS_REDIRECT", usual=True)
SECURE_HSTS_SECONDS = environment.whole("ZHAOYIN_HSTS_DAYS", 365) * 24 * 3600 if TLS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = environment.flag("ZHAOYIN_HSTS_SUBDOMAINS")
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
