"""Say where to go instead, where Wagtail would only say no.

Wagtail checks its page permissions before any hook, and answers with a plain
"permission denied". This middleware looks at the address first.
"""

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from wagtail.models import Page

from documents.errors import WagtailPublishingRefused
from documents.models import Policy
from documents.models.pages import RetainedPage

REFUSED = {
    f"wagtailadmin_pages:{name}"
    for name in ("unpublish", "delete", "copy", "move", "move_confirm", "set_privacy")
}


class RefuseWagtailPublishing:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if not request.user.is_authenticated or not self._is_refused(request):
            return None
        page = self._page(args, kwargs)
        if not isinstance(page, RetainedPage):
            return None
        messages.error(request, str(WagtailPublishingRefused()))
        if isinstance(page, Policy):
            return redirect("documents_workspace:outline", page.pk)
        return redirect(reverse("wagtailadmin_explore", args=[page.pk]))

    def _is_refused(self, request):
        match = request.resolver_match
        wagtails = match.view_name in REFUSED
        publishing = match.view_name in {"wagtailadmin_pages:edit", "wagtailadmin_pages:add"}
        return wagtails or (publishing and "action-publish" in request.POST)

    def _page(self, args, kwargs):
        names = ("page_id", "page_to_move_id", "parent_page_id")
        pk = next((kwargs[name] for name in names if name in kwargs), None)
        page = Page.objects.filter(pk=pk).first()
        return page.specific if page else None
