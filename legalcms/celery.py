"""The Celery application, for more than one machine; imported by ``celery -A legalcms`` alone.

What travels is "go round" and "send a batch", never a person: the rows say what
is due, so a message that is lost, doubled or late does no harm. Each
installation has a queue of its own, which a restored copy does not share.
"""

import os

from celery import Celery
from kombu import Queue

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "legalcms.settings.production")

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

if not settings.CELERY_BROKER_URL:
    raise ImproperlyConfigured("Environment variable CELERY_BROKER_URL must be set for Celery.")

HARD_LIMIT = 900  # seconds; far above what any task but verifying takes
IS_REDIS = settings.CELERY_BROKER_URL.startswith("redis")
QUEUE = f"legalcms.{settings.INSTANCE}"


def ticking(seconds, task):
    """A tick that nobody has taken when the next one comes is dropped: no queue grows."""
    return {"task": task, "schedule": seconds, "options": {"expires": seconds}}


app = Celery("legalcms")
app.conf.update(
    broker_url=settings.CELERY_BROKER_URL,
    broker_connection_retry_on_startup=True,
    # Of Redis: longer than the longest task, or it is handed out a second time.
    broker_transport_options={"visibility_timeout": 7 * 3600} if IS_REDIS else {},
    result_backend=None,
    task_ignore_result=True,
    task_acks_late=True,
    task_reject_on_worker_lost=True,
    task_time_limit=HARD_LIMIT,
    task_soft_time_limit=HARD_LIMIT - 60,
    task_serializer="json",
    accept_content=["json"],
    worker_prefetch_multiplier=1,
    worker_hijack_root_logger=False,
    worker_send_task_events=False,
    # A queue that no machine has listened to for a day is removed: nothing is lost with it.
    task_queues=[Queue(QUEUE, expires=86_400)],
    task_default_queue=QUEUE,
    timezone="UTC",
    beat_schedule_filename=str(settings.DATA / "celerybeat-schedule"),
    beat_schedule={
        "go round": ticking(2, "notifications.go_round"),
        "send": ticking(2, "notifications.send"),
        "watch": ticking(30, "notifications.watch"),
        "verify": ticking(600, "notifications.verify"),
        "stamp": ticking(600, "notifications.stamp"),
    },
)
app.autodiscover_tasks(["notifications"])
