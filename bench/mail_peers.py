"""Settings under which the peers of `bench_mail` run: ours, and their apps beside them."""

from legalcms.settings.dev import *  # noqa: F403

INSTALLED_APPS += ["mailer", "post_office"]  # noqa: F405
MAILER_EMAIL_BACKEND = EMAIL_BACKEND  # noqa: F405
POST_OFFICE = {"BACKENDS": {"default": EMAIL_BACKEND}, "BATCH_SIZE": 5000}  # noqa: F405
