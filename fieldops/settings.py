"""Every setting of the installation, read from the environment through fieldops.env.

.env.example lists each variable with its meaning; tests/fieldops/test_settings.py keeps the
two equal. Defaults are the safe ones: debugging off, secure cookies decided by FIELDOPS_HTTPS.
"""

from __future__ import annotations

import secrets
from datetime import timedelta
from pathlib import Path
from typing import Any

from psycopg import IsolationLevel

from fieldops import env
from fieldops.kept_secrets import kept_secret

# --- Places -----------------------------------------------------------------------------------

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = Path(env.text("FIELDOPS_DATA_DIR", str(BASE_DIR / "var")))
CLIENT_DIR = Path(env.text("FIELDOPS_CLIENT_DIR", str(BASE_DIR / "static" / "dist")))

# --- Secrets and hosts ------------------------------------------------------------------------

SECRET_KEY = env.secret("FIELDOPS_SECRET_KEY") or kept_secret(DATA_DIR / "secret_key", 50)
DEBUG = env.flag("FIELDOPS_DEBUG")
HTTPS = env.flag("FIELDOPS_HTTPS")
ALLOWED_HOSTS = env.names("FIELDOPS_HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = env.names("FIELDOPS_TRUSTED_ORIGINS")
TRUSTED_PROXY_COUNT = env.number("FIELDOPS_TRUSTED_PROXIES", 0)

# For tests only: what goes wrong at named points of core.faults.
FAULT = env.text("FIELDOPS_FAULT")

# --- Applications -----------------------------------------------------------------------------

INSTALLED_APPS = [
    # Our rooms first: their templates stand in for those of the packages.
    "core",
    "sync",
    "notices",
    "people",
    "customers",
    "needs",
    "tickets",
    "visits",
    "fieldops",
    "fieldops.admin.SiteConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.headless",
    "allauth.usersessions",
    "axes",
    "django_filters",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "rest_framework",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "fieldops.files.FilesMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "people.middleware.OrganizationMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "fieldops.urls"
ASGI_APPLICATION = "fieldops.asgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]

# --- Patience ---------------------------------------------------------------------------------

# How long one run of a drain may take: at three quarters of the hard limit it is asked to end, and the lease of a
# replica outlives whoever held it. What nobody works on any more is found by the next sweep.
DRAIN_SECONDS = env.number("FIELDOPS_DRAIN_SECONDS", 15, least=3)
SWEEP_SECONDS = env.number("FIELDOPS_SWEEP_SECONDS", 15, least=1)

# --- Database ---------------------------------------------------------------------------------

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"


def _databases() -> dict[str, dict[str, Any]]:
    """Two doors to one database: ``default`` writes, ``reader`` reads one snapshot and may not write.

    SQLite has one writer at a time. A plain transaction that reads first and writes later fails at
    once when another wrote in between, so writers take the lock at BEGIN (IMMEDIATE); readers would
    then all queue behind it, so they have a door of their own.
    """
    base = env.database("FIELDOPS_DATABASE_URL", f"sqlite:///{DATA_DIR / 'fieldops.sqlite3'}")
    if base["ENGINE"] == "core.sqlite3":
        pragmas = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
        writer: dict[str, Any] = {"timeout": 20, "transaction_mode": "IMMEDIATE", "init_command": pragmas}
        reader: dict[str, Any] = {"timeout": 20, "init_command": "PRAGMA query_only=ON;"}
        test = {"NAME": str(DATA_DIR / f"test-{secrets.token_hex(4)}.sqlite3")}
    else:
        pool = {"min_size": 1, "max_size": env.number("FIELDOPS_DATABASE_POOL", 10, least=1), "timeout": 10}
        # Whoever waits for a row in vain gives up long before a run's limit: that would count as the entry's own fault.
        writer = {"pool": pool, "options": f"-c lock_timeout={DRAIN_SECONDS * 1000 // 3}"}
        snapshot = IsolationLevel.REPEATABLE_READ
        reader = {"pool": pool, "isolation_level": snapshot, "options": "-c default_transaction_read_only=on"}
        test = {}
    return {
        "default": {**base, "OPTIONS": writer, "TEST": test},
        "reader": {**base, "OPTIONS": reader, "TEST": {"MIRROR": "default"}},
    }


DATABASES = _databases()

# --- Redis and Celery -------------------------------------------------------------------------

REDIS_URL = (env.secret("FIELDOPS_REDIS_URL") or "redis://127.0.0.1:6379").rstrip("/")
# The broker and the news have a database each: flushing one must not touch the other.
CELERY_BROKER_URL = f"{REDIS_URL}/0"
NEWS_REDIS_URL = f"{REDIS_URL}/1"

CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = False
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SOFT_TIME_LIMIT = DRAIN_SECONDS
CELERY_TASK_TIME_LIMIT = DRAIN_SECONDS + DRAIN_SECONDS // 3
CELERY_TASK_DEFAULT_QUEUE = "drain"
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_CONSUMER = "fieldops.consumer:Consumer"
CELERY_WORKER_MAX_MEMORY_PER_CHILD = 400_000  # KiB
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TASK_SERIALIZER = CELERY_RESULT_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TIMEZONE = "UTC"
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 300}
CELERY_TASK_PUBLISH_RETRY = False
CELERY_BEAT_SCHEDULE = {
    "sweep what no poke has reached": {
        "task": "sync.tasks.sweep",
        "schedule": SWEEP_SECONDS,
        "options": {"expires": SWEEP_SECONDS},
    },
    "mark planned visits that were missed": {
        "task": "visits.tasks.miss_overdue",
        "schedule": timedelta(hours=1),
        "options": {"expires": 3600},
    },
    "go on with moves that were cut off": {
        "task": "customers.tasks.ring_moves",
        "schedule": 60,
        "options": {"expires": 60},
    },
    "go on with telling what became of needs": {
        "task": "needs.tasks.ring_milestones",
        "schedule": 60,
        "options": {"expires": 60},
    },
    "go on with comparing needs": {
        "task": "needs.tasks.ring_uncompared",
        "schedule": 60,
        "options": {"expires": 60},
    },
    "settle who came along on visits": {
        "task": "needs.tasks.settle_joinings",
        "schedule": 60,
        "options": {"expires": 60},
    },
    "raise alarms of tickets": {
        "task": "tickets.tasks.ring_alarms",
        "schedule": 60,
        "options": {"expires": 60},
    },
    "watch what tickets came from": {
        "task": "tickets.tasks.watch_causes",
        "schedule": timedelta(hours=1),
        "options": {"expires": 3600},
    },
    "mail what is due": {
        "task": "notices.tasks.send_mails",
        "schedule": 60,
        "options": {"expires": 60, "queue": "export"},
    },
    "forget removals that no phone needs": {
        "task": "sync.tasks.compact",
        "schedule": timedelta(days=1),
        "options": {"expires": 3600, "queue": "export"},
    },
}
CELERY_BEAT_SCHEDULE_FILENAME = str(DATA_DIR / "beat-schedule")

# --- Sign-in ----------------------------------------------------------------------------------

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ACCOUNT_ADAPTER = "people.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # a member's address is entered by an administrator, never by a stranger
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 300
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 3
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXY_COUNT
HEADLESS_ONLY = True
HEADLESS_CLIENTS = ("browser",)
HEADLESS_FRONTEND_URLS = {
    "account_signup": "/sign-in",
    "account_confirm_email": "/sign-in",
    "account_reset_password": "/sign-in",
    "account_reset_password_from_key": "/sign-in",
}
AXES_ONLY_ADMIN_SITE = True  # everything else is limited by allauth
AXES_HANDLER = "fieldops.limits.OperatorPageLimits"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)

SESSION_ENGINE = "core.sessions"
SESSION_COOKIE_AGE = 30 * 24 * 3600
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrftoken"
CSRF_FAILURE_VIEW = "core.api.csrf_failure"
SECURE_SSL_REDIRECT = False  # the proxy in front does that
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXY_COUNT else None
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0

# --- Mail -------------------------------------------------------------------------------------

EMAIL_HOST = env.text("FIELDOPS_MAIL_HOST")
EMAIL_PORT = env.number("FIELDOPS_MAIL_PORT", 587)
EMAIL_HOST_USER = env.text("FIELDOPS_MAIL_USER")
EMAIL_HOST_PASSWORD = env.secret("FIELDOPS_MAIL_PASSWORD")
EMAIL_USE_TLS = env.flag("FIELDOPS_MAIL_TLS", True)
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.text("FIELDOPS_MAIL_FROM", "FieldOps <fieldops@localhost>")
MAIL_FILE = env.text("FIELDOPS_MAIL_FILE")
if EMAIL_HOST:
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
elif MAIL_FILE:
    EMAIL_BACKEND = "fieldops.mail.EmailBackend"
else:
    EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"

# --- Language and time ------------------------------------------------------------------------

LANGUAGE_CODE = "ko"
LANGUAGES = [("ko", "한국어"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "fieldops" / "locale"]
USE_TZ = True
TIME_ZONE = "UTC"

# --- Cache: login limits only, and they must hold when Redis is away ----------------------------

CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "fieldops_cache"}}

# --- Files ------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_ROOT = CLIENT_DIR
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 0  # only hashed names live long, see fieldops.headers


# --- REST -------------------------------------------------------------------------------------

REST_FRAMEWORK: dict[str, Any] = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["core.api.SessionAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["people.permissions.IsMember"],
    "DEFAULT_RENDERER_CLASSES": ["core.api.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["core.api.JSONParser"],
    "DEFAULT_SCHEMA_CLASS": "core.schema.Schema",
    "DEFAULT_FILTER_BACKENDS": ["core.api.FilterBackend"],
    "DEFAULT_PAGINATION_CLASS": None,
    "DEFAULT_METADATA_CLASS": None,  # the schema says what there is; OPTIONS has nothing to add
    "EXCEPTION_HANDLER": "core.api.problem_response",
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
SPECTACULAR_SETTINGS: dict[str, Any] = {
    "TITLE": "FieldOps",
    "DESCRIPTION": "Visits, commitments, needs and tickets at the customer's site. Errors are RFC 9457 problems.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["people.permissions.IsMember"],
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "COMPONENT_SPLIT_REQUEST": True,
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "ENUM_NAME_OVERRIDES": {
        "AnswerValueEnum": "needs.models.Answer.Value",  # a reply's answer has a value as well
        # Fields that may be nothing, or that two of a row have, stand under several names.
        "PromiseVerdictEnum": "tickets.models.Ticket.Verdict",
        "WaitsForEnum": "tickets.models.Ticket.WaitsFor",
    },
}

# --- Logging ----------------------------------------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.text("FIELDOPS_LOG_LEVEL", "INFO")},
    "loggers": {"django.request": {"level": "ERROR"}, "axes": {"level": "WARNING"}},
}
