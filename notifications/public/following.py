"""Follow a policy by e-mail: ask, confirm, stop.

The pages behind tokens need no cookie and no CSRF token: the link itself is
what nobody else has, and mail programs press the button without either
(RFC 8058). They are kept by no cache and named to no other site.
"""

import ipaddress
from functools import wraps

from django.conf import settings
from django.http import Http404
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from documents import links, queries
from documents.public.views import find_policy, frame
from legalcms import clock
from notifications import tokens
from notifications.actions.ask_to_follow import ask_to_follow
from notifications.actions.confirm_follow import confirm_follow
from notifications.actions.stop_following import stop_following
from notifications.errors import ImportUnderWay
from notifications.models import Follow, FollowerStream, FollowRequest

from .forms import FollowForm

METHODS = ["GET", "HEAD", "POST"]
UNKNOWN = "::"  # all whose address cannot be read are counted as one


@never_cache
@require_http_methods(METHODS)
def follow(request, publisher, policy):
    """Ask for a confirmation; the answer is the same whatever is known of the address."""
    found = find_policy(request, publisher, policy)
    if not FollowerStream.objects.filter(publisher=found.publisher).exists():
        raise Http404
    form = FollowForm(request.POST or None)
    is_asked = form.is_valid()
    if is_asked:
        ask_to_follow(policy=found, email=form.cleaned_data["email"], ip=ip_of(request))
    context = frame(found, queries.history(found).first()) | {"form": form, "is_asked": is_asked}
    return render(request, "notifications/public/follow.html", context)


def behind_a_token(view):
    """Of a page that a link in a mail leads to."""

    @csrf_exempt
    @require_http_methods(METHODS)
    @wraps(view)
    def wrapped(request, token):
        try:
            response = view(request, token)
        except tokens.Unreadable:
            raise Http404 from None
        response["Referrer-Policy"] = "no-referrer"
        response["X-Robots-Tag"] = "noindex"
        add_never_cache_headers(response)
        return response

    return wrapped


@behind_a_token
def confirm(request, token):
    """The request may be forgotten by now, or too old: then there is nothing to confirm."""
    try:
        pk = tokens.read(tokens.CONFIRM, token, clock.now())
    except tokens.Expired as expired:
        return over(request, FollowRequest.objects.filter(pk=expired.pk).first())
    asked = FollowRequest.objects.select_related("policy__publisher").filter(pk=pk).first()
    if asked is None:
        return over(request, None)
    page = context_of(asked.policy) | {"is_done": request.method == "POST"}
    if page["is_done"]:
        try:
            confirm_follow(request_id=pk)
        except ImportUnderWay:
            page |= {"is_done": False, "is_busy": True}
    status = 503 if page.get("is_busy") else 200
    return render(request, "notifications/public/confirm.html", page, status=status)


@behind_a_token
def stop(request, token):
    """For people on GET, for mail programs and people on POST; an old link says what else helps."""
    try:
        pk = tokens.read(tokens.STOP, token, clock.now())
    except tokens.Expired as expired:
        return over(request, Follow.objects.filter(pk=expired.pk).first())
    if request.method == "POST":
        stop_following(follow_id=pk)
    found = Follow.objects.select_related("policy__publisher").filter(pk=pk).first()
    page = context_of(found.policy) if found else {}
    page["is_done"] = request.method == "POST" or found is None or found.ended_at is not None
    return render(request, "notifications/public/stop.html", page)


def over(request, row):
    """A link that is too old, and whom to ask instead. row: what it was about, if that is left."""
    page = context_of(row.policy) if row else {}
    return render(request, "notifications/public/over.html", page, status=410)


def context_of(policy):
    version = queries.history(policy).first()
    path = links.address_of(policy)
    return {"publisher": policy.publisher, "version": version, "path": path}


def ip_of(request):
    """Of whoever asks: what the outermost of our own proxies saw, else the peer."""
    seen = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",")]
    proxies = settings.TRUSTED_PROXIES
    is_behind = proxies and len(seen) >= proxies
    ip = seen[-proxies] if is_behind else request.META.get("REMOTE_ADDR", "")
    try:
        return str(ipaddress.ip_address(ip))
    except ValueError:
        return UNKNOWN
