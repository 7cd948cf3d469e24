"""The health page: 200 where every check finds nothing, else 503. Kept for seconds, so it is cheap.

It tells which checks find something, to anyone: never about whom.
"""

import logging

from django.core.cache import cache
from django.db import DatabaseError
from django.http import HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from legalcms import clock
from notifications.watching import CHECKS

logger = logging.getLogger(__name__)
KEPT = 10  # seconds


@require_safe
@never_cache
def live(request):
    """This process answers; nothing else is asked."""
    return HttpResponse("ok", content_type="text/plain")


@require_safe
@never_cache
def health(request):
    answer = cache.get_or_set("health", checked, KEPT)
    return JsonResponse(answer, status=200 if answer["status"] == "ok" else 503)


def checked():
    """{"status": …, "checks": {name: …}}, each "ok", "trouble" or, of a check, "failed"."""
    at = clock.now()
    checks = {check.name: state(check, at) for check in CHECKS}
    is_ok = set(checks.values()) == {"ok"}
    return {"status": "ok" if is_ok else "trouble", "checks": checks}


def state(check, at):
    try:
        return "trouble" if any(True for _trouble in check.find(at)) else "ok"
    except DatabaseError:
        logger.exception("The check %s failed", check.name)
        return "failed"
