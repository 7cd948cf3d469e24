"""What every deployment shares."""

import django

from legalcms.environment import ROOT, read_environment

ENV = read_environment()
DATA = ENV.data
DATA.mkdir(parents=True, exist_ok=True)

DEBUG = False
ALLOWED_HOSTS = ENV.LEGALCMS_ALLOWED_HOSTS
BASE_URL = ENV.base_url
PORT = ENV.PORT
CLOCK_OFFSET = ENV.LEGALCMS_CLOCK_OFFSET
INSTANCE = ENV.instance
RELAY_QUIET_DAYS = ENV.LEGALCMS_RELAY_QUIET_DAYS
RETURN_PATH, BOUNCES_URL = ENV.LEGALCMS_RETURN_PATH, ENV.LEGALCMS_BOUNCES_URL
WEBHOOK_PROVIDER = ENV.LEGALCMS_WEBHOOK_PROVIDER
ANYMAIL = {
    "WEBHOOK_SECRET": ENV.LEGALCMS_WEBHOOK_SECRET,
    "MAILGUN_WEBHOOK_SIGNING_KEY": ENV.LEGALCMS_WEBHOOK_SIGNING_KEY,
}
TRUSTED_PROXIES = ENV.LEGALCMS_TRUSTED_PROXIES
TSA_URL, TSA_ROOTS = ENV.LEGALCMS_TSA_URL, ENV.LEGALCMS_TSA_ROOTS
CELERY_BROKER_URL = ENV.CELERY_BROKER_URL
DKIM_SELECTORS = ENV.LEGALCMS_DKIM_SELECTORS
# How long until somebody is told: see notifications/watching/.
ALARM_NO_WORKER = ENV.LEGALCMS_ALARM_NO_WORKER
ALARM_OVERDUE = ENV.LEGALCMS_ALARM_OVERDUE
ALARM_AT_RISK = ENV.LEGALCMS_ALARM_AT_RISK
ALARM_UNVERIFIED = ENV.LEGALCMS_ALARM_UNVERIFIED
ALARM_UNSTAMPED = ENV.LEGALCMS_ALARM_UNSTAMPED
ALARM_UNREAD = ENV.LEGALCMS_ALARM_UNREAD

INSTALLED_APPS = [
    "legalcms",
    "documents",
    "notifications",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "simple_history",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "documents.workspace.refusals.RefuseWagtailPublishing",
]

ROOT_URLCONF = "legalcms.urls"
WSGI_APPLICATION = "legalcms.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

DATABASES = {"default": ENV.database}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # FULL: a commit that the outside world may rely on (a publication, a sent
    # mail) survives a power cut. IMMEDIATE: writers queue instead of failing.
    # Recursive triggers: what REPLACE removes is guarded like any other DELETE.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-20000;"
            "PRAGMA journal_size_limit=27103364; PRAGMA recursive_triggers=ON;"
        ),
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "legalcms.User"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

LANGUAGE_CODE = "en"
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [("en", "English"), ("fr", "French")]
TIME_ZONE = "UTC"
USE_I18N = True
USE_TZ = True
LOCALE_PATHS = [ROOT / "locale"]

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA / "media"

SMTP = ENV.email
SMTP_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
DEFAULT_FROM_EMAIL = ENV.LEGALCMS_FROM_EMAIL
if django.VERSION >= (6, 1):
    MAILERS = {"default": {"BACKEND": SMTP_BACKEND, "OPTIONS": SMTP}}
else:
    EMAIL_BACKEND = SMTP_BACKEND
    EMAIL_HOST, EMAIL_PORT = SMTP["host"], SMTP["port"]
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = SMTP["username"], SMTP["password"]
    EMAIL_USE_TLS, EMAIL_USE_SSL = SMTP.get("use_tls", False), SMTP.get("use_ssl", False)
    EMAIL_TIMEOUT = SMTP["timeout"]

SESSION_COOKIE_SAMESITE = "Lax"
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"
# The public pages need nothing but their own files. Wagtail's editor writes
# inline styles and scripts, so its paths get a policy of their own.
CONTENT_SECURITY_POLICY = {
    "EXCLUDE_URL_PREFIXES": ["/admin/"],
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'self'"],
    },
}

WAGTAIL_SITE_NAME = "Legal CMS"
WAGTAILADMIN_BASE_URL = BASE_URL
# The public addresses match ASCII slugs alone; another would be a page that nobody can open.
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_I18N_ENABLED = True
WAGTAILIMAGES_IMAGE_MODEL = "legalcms.SiteImage"
WAGTAILDOCS_DOCUMENT_MODEL = "legalcms.SiteFile"
WAGTAILDOCS_SERVE_METHOD = "serve_view"
# Approval through Wagtail's workflow never publishes: there is one door.
WAGTAIL_FINISH_WORKFLOW_ACTION = "documents.actions.finish_workflow.finish_workflow"
WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT = True

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "legalcms": {"level": "INFO"},
        "documents": {"level": "INFO"},
        "notifications": {"level": "INFO"},
    },
}
