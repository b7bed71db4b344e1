"""Settings, all by environment. `.env.example` has a line on each variable."""

from importlib.util import find_spec
from pathlib import Path

from celery.schedules import crontab
from csp.constants import NONE, SELF

from msoko import env

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(env.text("VAR_DIR", str(BASE_DIR / "var")))


def _package_dir(name: str, *parts: str) -> str:
    """A folder inside an installed package: assets come from packages, nothing is vendored."""
    spec = find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        raise ImportError(name)
    return str(Path(next(iter(spec.submodule_search_locations)), *parts))


# --- the installation
MUNICIPALITY_NAME = env.text("MUNICIPALITY_NAME", "Заречный муниципальный округ")
AUTHORITY_NAME = env.text("AUTHORITY_NAME", "Управление образования")
SUPPORT_EMAIL = env.text("SUPPORT_EMAIL", "msoko@zarechny.example")  # at the foot of every page
SUPPORT_PHONE = env.text("SUPPORT_PHONE", "")
MUNICIPALITY_TIME_ZONE = env.text("MUNICIPALITY_TIME_ZONE", "Europe/Moscow")
MUNICIPALITY_CODES = env.items("MUNICIPALITY_CODES")  # municipality codes in ФИС ОКО files that are ours
SOU_WEIGHTS = [int(weight) for weight in env.items("SOU_WEIGHTS", "16,36,64,100")]  # of the marks 2, 3, 4, 5
DEMO = env.flag("DEMO")  # a demonstration: the log-in page lists its accounts
PUBLICATION_NEEDS_SECOND_PERSON = env.flag("PUBLICATION_NEEDS_SECOND_PERSON", default=True)
DISCLOSURE_MINIMUM_COUNT = env.number("DISCLOSURE_MINIMUM_COUNT", 5)
DISCLOSURE_MINIMUM_SHARE_BASE = env.number("DISCLOSURE_MINIMUM_SHARE_BASE", 10)
SURVEY_ANSWERS_PER_HOUR = env.number("SURVEY_ANSWERS_PER_HOUR", 120)  # questionnaires from one network in one survey
TRUSTED_PROXIES = env.number("TRUSTED_PROXIES", 0)  # proxies before the portal that append to X-Forwarded-For

# --- Django
SECRET_KEY = env.text("SECRET_KEY")
DEBUG = env.flag("DEBUG")
ALLOWED_HOSTS = env.items("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = env.items("CSRF_TRUSTED_ORIGINS")

INSTALLED_APPS = [
    "apps.core",
    "apps.workbooks",
    "apps.organizations",
    "apps.accounts",
    "apps.indicators",
    "apps.collection",
    "apps.registers",
    "apps.surveys",
    "apps.noko",
    "apps.procedures",
    "apps.analysis",
    "apps.library",
    "apps.roadmaps",
    "apps.reports",
    "apps.desk",
    "apps.portal",
    "allauth",
    "allauth.account",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_filters",
    "django_htmx",
    "django_tables2",
    "template_partials",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "apps.core.middleware.without_nul",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "apps.accounts.middleware.acting_membership",
    "apps.accounts.middleware.ClosedUnlessOpen",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "msoko.urls"
WSGI_APPLICATION = "msoko.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "apps.core.context_processors.installation",
            ],
        },
    },
]

# --- data
DATABASES = {"default": {**env.database("DATABASE_URL"), "CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}}
CACHES = {
    # Not in Redis: a full cache must never stop the queue, and limits survive a flush.
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "django_cache"},
}
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": VAR_DIR / "media", "file_permissions_mode": 0o600, "directory_permissions_mode": 0o700},
    },
    "staticfiles": {"BACKEND": "msoko.assets.PortalStaticStorage"},
}
MEDIA_ROOT = VAR_DIR / "media"

# --- Celery: Redis is the broker only
CELERY_BROKER_URL = env.text("REDIS_URL")
CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 3600, "global_keyprefix": env.text("REDIS_PREFIX", "msoko:")}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_TIME_LIMIT = 1800
CELERY_TASK_SOFT_TIME_LIMIT = 1740
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_MAX_TASKS_PER_CHILD = 50
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = MUNICIPALITY_TIME_ZONE
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "celerybeat-schedule")
CELERY_BEAT_SCHEDULE = {
    "sweep-jobs": {"task": "apps.core.tasks.sweep_jobs", "schedule": 30.0},
    # Every working hour: one letter a person and day all the same; a mail server out of reach is tried again.
    "forget-devices": {"task": "apps.surveys.tasks.forget_devices", "schedule": crontab(minute=40, hour=0)},
    # Figures of a year come at any time; what they allow to measure is measured by the next morning.
    "measure-effects": {"task": "apps.roadmaps.tasks.measure_effects", "schedule": crontab(minute=20, hour=3)},
    "send-reminders": {"task": "apps.collection.tasks.send_reminders", "schedule": crontab(minute=5, hour="8-18")},
    "send-digests": {"task": "apps.accounts.tasks.send_digests", "schedule": crontab(minute=15, hour="8-18")},
    "remind-people": {"task": "apps.procedures.tasks.remind_people", "schedule": crontab(minute=25, hour=7)},
    "remind-of-decisions": {
        "task": "apps.roadmaps.tasks.remind_of_decisions",
        "schedule": crontab(minute=20, hour=7),
    },
}

# --- language, time
LANGUAGE_CODE = "ru"
LANGUAGES = [("ru", "Русский")]
TIME_ZONE = MUNICIPALITY_TIME_ZONE
USE_TZ = True
USE_THOUSAND_SEPARATOR = True

# --- static files: everything from installed packages and `static/`
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_FINDERS = ["msoko.assets.ProjectFinder", "msoko.assets.AppFinder"]
STATICFILES_DIRS = [
    BASE_DIR / "static",
    ("bootstrap", _package_dir("bootstrap")),
    ("fonts", _package_dir("fontpkg_pt_sans", "files")),
]
FONTS_DIR = _package_dir("fontpkg_pt_sans", "files")
WHITENOISE_MANIFEST_STRICT = False

# --- accounts
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "desk:today"
ACCOUNT_ADAPTER = "apps.accounts.adapter.AccountAdapter"  # closed sign-up: invitations only
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # the invitation letter has proved the address
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = "МСОКО: "
ACCOUNT_SESSION_REMEMBER = False  # the session ends with the browser or after SESSION_COOKIE_AGE
ACCOUNT_FORMS = {
    "login": "apps.accounts.forms.LoginForm",
    "reset_password": "apps.accounts.forms.ResetPasswordForm",
}
ACCOUNT_CHANGE_EMAIL = False
# A refused log-in counts for the account and for the address it came from; a new password lifts the account's limit.
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "5/5m/key,20/d/key,60/h/ip",
    "reset_password": "20/h/ip,3/h/key",
    "reset_password_from_key": "20/m/ip",
    "change_password": "5/m/user",
}
PASSWORD_RESET_TIMEOUT = 3600
ACCOUNT_PRESERVE_USERNAME_CASING = False
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"

# --- forms, tables
CRISPY_ALLOWED_TEMPLATE_PACKS = ["bootstrap5"]
CRISPY_TEMPLATE_PACK = "bootstrap5"
DJANGO_TABLES2_TEMPLATE = "components/table.html"
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_TEMP_DIR = None

# --- uploads: the socket of clamd and a command that scans, both empty = files are not scanned
ANTIVIRUS_SOCKET = env.text("ANTIVIRUS_SOCKET", "")
ATTACHMENT_SCAN_COMMAND = env.text("ATTACHMENT_SCAN_COMMAND", "")
ATTACHMENT_SCAN_SECONDS = env.number("ATTACHMENT_SCAN_SECONDS", 30)
# overrides of apps/workbooks/limits.py by the name of the limits
WORKBOOK_LIMITS = {
    "form": {"packed_bytes": env.number("UPLOAD_FORM_MIB", 10) << 20},
    "results": {"packed_bytes": env.number("UPLOAD_RESULTS_MIB", 50) << 20},
}

# --- links to documents on the sites of organisations are asked only where the server may reach the internet
SITE_LINK_CHECKS = env.flag("SITE_LINK_CHECKS")

# --- mail: to files unless a server is named
EMAIL_HOST = env.text("EMAIL_HOST", "")
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'filebased'}.EmailBackend"
EMAIL_FILE_PATH = VAR_DIR / "mail"
EMAIL_PORT = env.number("EMAIL_PORT", 587)
EMAIL_HOST_USER = env.text("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = env.text("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = env.flag("EMAIL_USE_TLS", default=True)
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", "msoko@localhost")
SITE_URL = env.text("SITE_URL", "http://127.0.0.1:8000")

# --- security
HTTPS = env.flag("HTTPS")  # behind a proxy that speaks HTTPS
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]  # asked from inside, without the proxy
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
CSRF_FAILURE_VIEW = "apps.core.views.csrf_failure"
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]  # other names of the domain are not ours to bind
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    },
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.text("LOG_LEVEL", "INFO")},
    "loggers": {"weasyprint.progress": {"level": "INFO", "propagate": False}},  # progress of jobs, not of the log
}
