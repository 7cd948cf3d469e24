"""The gap report of a notice: sums for the team, addresses for those who may see recipients."""

from django.http import StreamingHttpResponse
from django.utils.cache import patch_cache_control
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from django.views.generic import TemplateView
from wagtail.admin.widgets.button import HeaderButton

from documents.permissions import may
from notifications.certificates.access import may_certify
from notifications.gap_export import csv_pieces, json_pieces, note_addresses
from notifications.gap_report import Group, gap_report, rows
from notifications.models import Unreached

from .notices import NoticeScreen

SHOWN = 100


class GapScreen(NoticeScreen):
    """Never kept by a cache; a look at addresses is noted, by keys alone."""

    page_title = gettext_lazy("Gap report")

    def dispatch(self, request, *args, **kwargs):
        response = super().dispatch(request, *args, **kwargs)
        patch_cache_control(response, no_store=True)
        return response

    @cached_property
    def sees_people(self):
        return may(self.request.user, "manage_recipients", self.publisher)

    def note_addresses(self, what):
        if self.sees_people:
            note_addresses(by=self.request.user, notice=self.notice, what=what)


class ShowGaps(GapScreen, TemplateView):
    """Sums; and, for those who may see them, the people of one group, SHOWN at a time."""

    template_name = "notifications/workspace/gaps.html"

    @property
    def header_buttons(self):
        return [
            HeaderButton("CSV", self.url("gaps_csv"), icon_name="download"),
            HeaderButton("JSON", self.url("gaps_json"), icon_name="download"),
        ]

    @cached_property
    def group(self):
        """None, where the list of those who were not reached is meant."""
        asked = self.request.GET.get("group", "")
        return Group(asked) if asked in Group.values else None

    def people(self):
        """(id to go on from, Delivery, reason, Unreached or None), up to one more than SHOWN."""
        after = self.request.GET.get("after", "")
        after = int(after) if after.isascii() and after.isdigit() and len(after) < 19 else 0
        if self.group is None:
            listed = Unreached.objects.filter(delivery__notice=self.notice, pk__gt=after)
            listed = listed.select_related("delivery__recipient").order_by("pk")[: SHOWN + 1]
            return [(one.pk, one.delivery, said_of(one), one) for one in listed]
        found = rows(self.notice, self.group, after)
        some = [row for row, _number in zip(found, range(SHOWN + 1), strict=False)]
        listed = Unreached.objects.filter(delivery__in=[row.delivery for row in some])
        listed_by = {each.delivery_id: each for each in listed}
        return [
            (row.delivery.pk, row.delivery, row.reason, listed_by.get(row.delivery.pk))
            for row in some
        ]

    def get_context_data(self, **kwargs):
        people = self.people() if self.sees_people else []
        if people:
            self.note_addresses("gap report")
        return super().get_context_data(**kwargs) | {
            "report": gap_report(self.notice),
            "group": self.group,
            "people_title": self.group.label if self.group else _("Not reached, or complained"),
            "people": people[:SHOWN],
            "next": people[SHOWN - 1][0] if len(people) > SHOWN else None,
            "sees_people": self.sees_people,
            "may_certify": may_certify(self.request.user, self.publisher),
            "policy": self.notice.publication.all_versions[0].policy,
        }


def said_of(listed):
    """Such as “Came back (5.1.1)”."""
    why = listed.get_why_display()
    return f"{why} ({listed.code})" if listed.code else why


class GapFile(GapScreen, View):
    """Handed out while it is read, so that its size does not matter."""

    def get(self, request, *args, **kwargs):
        self.note_addresses(f"gap report as {self.form}")
        response = StreamingHttpResponse(self.pieces(), content_type=self.content_type)
        name = f"gaps-{self.notice.publication_id}-{self.notice.round}.{self.form.lower()}"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        return response


class GapCSV(GapFile):
    form, content_type = "CSV", "text/csv; charset=utf-8"

    def pieces(self):
        return csv_pieces(self.notice, with_addresses=self.sees_people)


class GapJSON(GapFile):
    form, content_type = "JSON", "application/json"

    def pieces(self):
        report = gap_report(self.notice)
        return json_pieces(self.notice, report, with_addresses=self.sees_people)
