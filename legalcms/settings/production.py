"""Behind a TLS proxy. Whatever is missing or unsafe stops start-up."""

from django.core.exceptions import ImproperlyConfigured

from .base import *  # noqa: F403
from .base import ALLOWED_HOSTS, ENV

for required in ("LEGALCMS_SECRET_KEY", "LEGALCMS_BASE_URL", "LEGALCMS_EMAIL_URL"):
    if not getattr(ENV, required):
        raise ImproperlyConfigured(f"Environment variable {required} must be set.")
if not ALLOWED_HOSTS:
    raise ImproperlyConfigured("Environment variable LEGALCMS_ALLOWED_HOSTS must be set.")
if ENV.LEGALCMS_CLOCK_OFFSET:
    raise ImproperlyConfigured("LEGALCMS_CLOCK_OFFSET is for rehearsals, never for production.")
if ENV.LEGALCMS_DEBUG:
    raise ImproperlyConfigured("LEGALCMS_DEBUG is for development, never for production.")

SECRET_KEY = ENV.LEGALCMS_SECRET_KEY
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = True
# Load balancers and monitors ask inside the network, where TLS has ended.
SECURE_REDIRECT_EXEMPT = [r"^health/"]
SECURE_HSTS_SECONDS = 31_536_000
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-sessionid"
CSRF_COOKIE_NAME = "__Host-csrftoken"
