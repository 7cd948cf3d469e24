"""How long a public page may be kept: never past the instant at which it could change."""

import hashlib

from django.db.models import Min
from django.shortcuts import render
from django.utils.cache import patch_cache_control

from documents.models import Publication
from legalcms import clock

LONGEST = 300  # seconds


def public_page(request, template, context):
    """Render a page about a policy, or about policies, with ETag and a bounded ``max-age``."""
    response = render(request, template, context)
    response["ETag"] = f'"{hashlib.sha256(response.content).hexdigest()}"'
    policies = context.get("policies") or [context["policy"]]
    patch_cache_control(response, public=True, max_age=freshness(policies))
    return response


def freshness(policies):
    """Seconds until a publication of these policies next takes effect, at most LONGEST."""
    now = clock.now()
    upcoming = Publication.objects.filter(
        versions__policy__in=policies, withdrawn_at__isnull=True, effective_at__gt=now
    ).aggregate(next=Min("effective_at"))["next"]
    if upcoming is None:
        return LONGEST
    return max(0, min(LONGEST, int((upcoming - now).total_seconds())))
