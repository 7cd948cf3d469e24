"""A laptop: SQLite, the demo's own mail server, no setting needed."""

from .base import *  # noqa: F403
from .base import ENV

DEBUG = ENV.LEGALCMS_DEBUG
SECRET_KEY = ENV.local_secret_key()
ALLOWED_HOSTS = ENV.LEGALCMS_ALLOWED_HOSTS or ["127.0.0.1", "localhost", "[::1]"]
# Static files straight from the apps: no collectstatic before the first page.
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
DEMO_ALLOWED = True
