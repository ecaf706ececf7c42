"""Settings of Fazhi: what the environment says, and what holds everywhere."""

import os
import secrets
from pathlib import Path
from typing import Any

from fazhi.site.databases import databases
from fazhi.site.home import home, keys_folder, second_place

_env = os.environ

FAZHI_HOME = home()
FAZHI_KEYS = keys_folder()
FAZHI_SECOND = second_place()
FAZHI_OVERLAYS = tuple(Path(part) for part in _env.get("FAZHI_OVERLAYS", "").split(os.pathsep) if part)
FAZHI_DEMO = _env.get("FAZHI_DEMO") == "1"
FAZHI_HTTPS = _env.get("FAZHI_HTTPS") == "1"
FAZHI_NAME = _env.get("FAZHI_NAME", "")
FAZHI_PORTAL_UNIT = _env.get("FAZHI_PORTAL_UNIT", "")
FAZHI_ROUTE_ALONE = _env.get("FAZHI_ROUTE_ALONE", "1") != "0"
FAZHI_SEND = _env.get("FAZHI_SEND", "")
FAZHI_SEND_KEY_FILE = _env.get("FAZHI_SEND_KEY_FILE", "")
FAZHI_KEEP_REMINDERS = _env.get("FAZHI_KEEP_REMINDERS", "365")
FAZHI_OIDC_ISSUER = _env.get("FAZHI_OIDC_ISSUER", "")
FAZHI_OIDC_CLIENT = _env.get("FAZHI_OIDC_CLIENT", "")
_oidc_secret = _env.get("FAZHI_OIDC_SECRET_FILE", "")
FAZHI_OIDC_SECRET = Path(_oidc_secret).read_text().strip() if _oidc_secret else ""
FAZHI_OIDC_CLAIM = _env.get("FAZHI_OIDC_CLAIM", "preferred_username")
FAZHI_OIDC_LABEL = _env.get("FAZHI_OIDC_LABEL", "统一身份认证")
FAZHI_HOSTS = [host for host in _env.get("FAZHI_HOSTS", "").split(",") if host]

DEBUG = False
_cookie_key = FAZHI_KEYS / "cookie.key"
# without a key file nothing is served, only checked: a key of the moment will do
SECRET_KEY = _cookie_key.read_bytes().hex() if _cookie_key.is_file() else secrets.token_hex(32)
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]", *FAZHI_HOSTS]
CSRF_TRUSTED_ORIGINS = [f"https://{host.lstrip('.')}" for host in FAZHI_HOSTS]

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django_htmx",
    "fazhi.people",
    "fazhi.archive",
    "fazhi.library",
    "fazhi.ledger",
    "fazhi.reach",
    "fazhi.operations",
    "fazhi.desk",
    "fazhi.worklist",
    "fazhi.tracking",
    "fazhi.registers",
    "fazhi.gazette",
    "fazhi.search",
    "fazhi.indicators",
    "fazhi.answers",
    "fazhi.hotspots",
    "fazhi.triage",
    "fazhi.dashboard",
    "fazhi.reminders",
    "fazhi.exchange",
    "fazhi.report",
    "fazhi.web.faces",
    "fazhi.web.office",
    "fazhi.web.portal",
    "fazhi.web.wall",
    "fazhi.site",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "fazhi.web.faces.headers.guard_pages",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "fazhi.people.login.EndIdleSessions",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "fazhi.web.faces.appearance.faces",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "fazhi.web.faces.templatetags.faces",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.DjangoTemplates"

ROOT_URLCONF = "fazhi.site.urls"
WSGI_APPLICATION = "fazhi.site.wsgi.application"

DATABASES = databases(_env)
DATABASE_ROUTERS = ["fazhi.site.databases.Router"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = ["fazhi.people.login.Lockout"]
LOGIN_URL = "/office/login/"
LOGIN_REDIRECT_URL = "/office/"
LOGOUT_REDIRECT_URL = "/office/login/"

SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_NAME = "fazhi_session"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = FAZHI_HTTPS
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = "fazhi_csrf"
LANGUAGE_COOKIE_NAME = "fazhi_language"
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

SECURE_SSL_REDIRECT = FAZHI_HTTPS
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if FAZHI_HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if FAZHI_HTTPS else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 2**20
FILE_UPLOAD_PERMISSIONS = 0o600

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
LOCALE_PATHS = [Path(__file__).resolve().parent.parent / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 600

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "silent": {"()": "fazhi.site.logs.Discreet", "format": "%(asctime)s %(levelname)s %(name)s %(message)s"}
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "silent"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "fazhi": {"level": "INFO"},
        "django": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        "django.security.DisallowedHost": {"level": "CRITICAL"},
    },
}
