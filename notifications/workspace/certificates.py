"""One person’s certificate: on a page, as PDF, its proofs, and the salt that links them.

Nothing here may be kept by a cache, and each reading is noted.
"""

from django import forms
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.cache import patch_cache_control
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from django.views.generic import FormView, TemplateView
from wagtail.admin.widgets.button import HeaderButton

from documents.errors import InvalidInput
from documents.models import Policy
from documents.permissions import may
from documents.promises import legal_day
from legalcms import clock
from notifications.certificates import certificate, require_day
from notifications.certificates.access import may_certify, note_reading
from notifications.certificates.log import Log
from notifications.certificates.paper import pdf
from notifications.certificates.proofs import proof, proof_file
from notifications.certificates.sheet import sheet
from notifications.people import with_address

from .recipients import RecipientScreen

MOST_LINES = 20_000  # of proof, that a page waits for


class CertificateForm(forms.Form):
    policy = forms.ModelChoiceField(
        Policy.objects.none(), label=gettext_lazy("Policy"), empty_label=None
    )
    on = forms.DateField(label=gettext_lazy("Day"), widget=forms.DateInput({"type": "date"}))

    def __init__(self, publisher, at, **kwargs):
        super().__init__(**kwargs)
        self.publisher, self.at = publisher, at
        self.fields["policy"].queryset = policies_of(publisher)

    def clean_on(self):
        on = self.cleaned_data["on"]
        try:
            require_day(self.publisher, on, self.at)
        except InvalidInput as error:
            raise forms.ValidationError(error.data["problem"]) from None
        return on


def policies_of(publisher):
    """Those of which anything was ever announced."""
    announced = Policy.objects.filter(publisher=publisher, versions__isnull=False)
    return announced.distinct().order_by("title", "pk")


class CertificateScreen(RecipientScreen):
    """For those who audit or manage recipients; never kept by a cache."""

    page_title = gettext_lazy("Certificate")
    header_icon = "clipboard-list"

    def is_allowed(self):
        return may_certify(self.request.user, self.publisher)

    def dispatch(self, request, *args, **kwargs):
        response = super().dispatch(request, *args, **kwargs)
        patch_cache_control(response, no_store=True)
        return response

    def note(self, what):
        note_reading(by=self.request.user, recipient=self.person, what=what)

    def get_breadcrumbs_items(self):
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.get_page_title()}]


class FindForm(forms.Form):
    address = forms.CharField(
        label=gettext_lazy("E-mail address"),
        max_length=254,
        widget=forms.EmailInput,
        help_text=gettext_lazy("The whole address, as it was to be told."),
    )


class FindPerson(CertificateScreen, FormView):
    """The way in for those who do not manage the list: by the whole address, sent by POST."""

    template_name = "notifications/workspace/find.html"
    form_class = FindForm

    def form_valid(self, form):
        person = with_address(self.publisher, form.cleaned_data["address"])
        if person is None:
            form.add_error("address", _("Nobody with this address is or was a recipient here."))
            return self.form_invalid(form)
        return redirect(self.url("certificate", person.pk))


class OneCertificate(CertificateScreen):
    """What the query asks for; without one, the first policy, today."""

    most_lines = None

    @cached_property
    def at(self):
        return clock.now()

    @cached_property
    def form(self):
        first = policies_of(self.publisher).first()
        asked = {
            "policy": first.pk if first else "",
            "on": legal_day(self.at, self.publisher.zone).isoformat(),
        }
        return CertificateForm(self.publisher, self.at, data=asked | self.request.GET.dict())

    @cached_property
    def certificate(self):
        """None where the query cannot be used."""
        if not self.form.is_valid():
            return None
        asked = self.form.cleaned_data
        return certificate(
            self.person, asked["policy"], asked["on"], self.at, most_lines=self.most_lines
        )

    def asked_url(self, name):
        """Another form of the same certificate."""
        query = self.form.data
        return f"{self.url(name, self.person.pk)}?policy={query['policy']}&on={query['on']}"


class ShowCertificate(OneCertificate, TemplateView):
    template_name = "notifications/workspace/certificate.html"
    most_lines = MOST_LINES

    def get_page_subtitle(self):
        return str(self.person)

    @property
    def header_buttons(self):
        if self.certificate is None:
            return []
        return [HeaderButton(_("PDF"), self.asked_url("certificate_pdf"), icon_name="download")]

    def get_context_data(self, **kwargs):
        if self.certificate:
            self.note("certificate")
        return super().get_context_data(**kwargs) | {
            "form": self.form,
            "person": self.person,
            "has_policies": self.form.fields["policy"].queryset.exists(),
            "sheet": sheet(self.certificate) if self.certificate else None,
            "salt_url": self.url("certificate_salt", self.person.pk),
            "may_audit": may(self.request.user, "audit", self.publisher),
        }


class CertificatePDF(OneCertificate, View):
    def get(self, request, *args, **kwargs):
        """Back to the page, which says what is wrong, if the query cannot be used."""
        if self.certificate is None:
            return redirect(f"{self.url('certificate', self.person.pk)}?{request.GET.urlencode()}")
        self.note("certificate as PDF")
        asked = self.form.cleaned_data
        name = f"certificate-{self.person.pk}-{asked['policy'].slug}-{asked['on']}.pdf"
        return attachment(pdf(sheet(self.certificate)), name, "application/pdf")


class CertificateProof(CertificateScreen, View):
    """The line about this person in one notice, as ``verify.py --proof`` takes it."""

    def get(self, request, *args, **kwargs):
        deliveries = self.person.deliveries.filter(notice=self.kwargs["notice"])
        delivery = deliveries.select_related("notice__publication").first()
        if delivery is None:
            raise Http404
        publication = delivery.notice.publication
        found = proof(delivery, Log(publication.versions.select_related("policy").first().policy))
        if found is None:
            raise Http404(_("This notice is not sealed in the log yet: there is no proof."))
        if not found.holds:
            words = _("The lines on record do not make the root that the log sealed.")
            return HttpResponse(words, status=409, content_type="text/plain; charset=utf-8")
        self.note("proof of a delivery")
        name = f"proof-{publication.pk}-{delivery.notice.round}.json"
        return attachment(proof_file(found), name, "application/json")


class CertificateSalt(CertificateScreen, View):
    """What links this person’s lines of proof to the address, for whoever must show the link.

    Apart from the proofs, which can be handed on without it; on request alone,
    and for auditors alone: a copy outlives the erasure that destroys the salt.
    """

    http_method_names = ["post"]

    def is_allowed(self):
        return may(self.request.user, "audit", self.publisher)

    def post(self, request, *args, **kwargs):
        self.note("salt")
        response = JsonResponse({"address": self.person.email, "salt": self.person.salt})
        response["Content-Disposition"] = f'attachment; filename="salt-{self.person.pk}.json"'
        return response


def attachment(content, name, content_type):
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
