"""What Wagtail's own screens may not do to legal pages, and where to go instead.

Wagtail checks its page permissions before any hook runs, and answers with a
plain "permission denied", or saves a draft where somebody asked to publish.
This middleware looks at the address first. It explains; what holds, whoever
calls, are RetainedPageTester and Policy.save().
"""

from django.contrib import messages
from django.http import Http404, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from documents.errors import WagtailPublishingRefused
from documents.models import HomePage, Policy, PublisherPage
from documents.permissions import publishers_for

PUBLISH = WagtailPublishingRefused.message
UNPUBLISH = _(
    "A text in force is not taken down. Open the policy’s clauses and publish a version that "
    "replaces it; one that is only announced can be withdrawn on its own screen."
)
DELETE = _(
    "Legal texts are kept: nothing that people may have relied on is deleted. Open the policy’s "
    "clauses and publish a version that replaces the text."
)
MOVE = _(
    "Policies and publishers stay where they are: their addresses are kept for good. Clauses "
    "are moved in the policy’s outline."
)
COPY = _(
    "Policies are not copied, aliased or translated this way: each has clauses and a record of "
    "its own. Start a new policy in the list of policies and import the text there."
)
PRIVACY = _(
    "Everyone may read a text from its announcement on, and nobody before. No privacy setting "
    "changes that; to announce it, open the policy’s clauses and choose “Publish version”."
)
REVERT = _(
    "An older draft is not put back this way: Wagtail would bring back its title and leave the "
    "clauses as they are. Change the clauses in the outline, or import the older text."
)
SCREENS = {
    "unpublish": UNPUBLISH,
    "delete": DELETE,
    "move": MOVE,
    "move_confirm": MOVE,
    "set_page_position": MOVE,
    "copy": COPY,
    "convert_alias": COPY,
    "set_privacy": PRIVACY,
    "revisions_revert": REVERT,
}
BULK = {"publish": PUBLISH, "unpublish": UNPUBLISH, "delete": DELETE, "move": MOVE}
API = {
    **BULK,
    "copy": COPY,
    "convert_alias": COPY,
    "create_alias": COPY,
    "copy_for_translation": COPY,
}
CHOSEN = {"wagtail_bulk_action", "wagtailadmin_choose_page_chosen_multiple"}


class RefuseWagtailPublishing:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        match = request.resolver_match
        if not request.user.is_authenticated or not match.view_name.startswith("wagtail"):
            return None
        pages = _named_pages(request, match)
        _require_own_publishers(request.user, pages)
        message = _message(request, match)
        return _refuse(request, message, pages) if message and pages else None


def _named_pages(request, match):
    """The legal pages that the request names, in their own classes."""
    if match.view_name in CHOSEN:
        keys = request.GET.getlist("id")
        if "all" in keys:  # whichever they are, the answer is the same
            return [*HomePage.objects.all()]
    else:
        names = ["page_id", "page_to_move_id", "parent_page_id"]
        if {"wagtailadmin_pages", "pages"} & {*match.namespaces}:
            names.append("pk")
        keys = [str(match.kwargs[name]) for name in names if name in match.kwargs]
    keys = [key for key in keys if key.isdecimal()]
    if not keys:
        return []
    return [*Page.objects.type(HomePage, PublisherPage, Policy).filter(pk__in=keys).specific()]


def _require_own_publishers(user, pages):
    """To a team, the pages of another publisher do not exist, whatever screen asks."""
    named = {page.publisher_id for page in pages if hasattr(page, "publisher_id")}
    if named and named - {*publishers_for(user).values_list("pk", flat=True)}:
        raise Http404


def _message(request, match):
    """Why this request is refused for a legal page; None if it is not."""
    if match.view_name == "wagtail_bulk_action":
        return BULK.get(match.kwargs["action"]) if match.kwargs["model_name"] == "page" else None
    if match.view_name.startswith("wagtailadmin_api:"):
        return API.get(match.kwargs.get("action_name"))
    if not match.view_name.startswith("wagtailadmin_pages:"):
        return None
    return PUBLISH if "action-publish" in request.POST else SCREENS.get(match.url_name)


def _refuse(request, message, pages):
    wants_page = request.accepts("text/html") and "x-requested-with" not in request.headers
    if not wants_page or request.resolver_match.view_name.startswith("wagtailadmin_api:"):
        return JsonResponse({"detail": str(message)}, status=403)
    messages.error(request, str(message))
    page, *others = pages
    if isinstance(page, Policy) and not others:
        return redirect("documents_workspace:outline", page.pk)
    return redirect("documents_workspace:policies")
