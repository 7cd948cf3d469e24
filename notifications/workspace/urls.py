"""Addresses of the admin side, below ``/admin/recipients/``."""

from django.urls import path

from . import certificates, people, recipients, reminders

app_name = "notifications_workspace"
urlpatterns = [
    path("", recipients.PublisherList.as_view(), name="publishers"),
    path("<slug:publisher>/", recipients.RecipientList.as_view(), name="recipients"),
    path("<slug:publisher>/results/", recipients.RecipientResults.as_view(), name="results"),
    path("<slug:publisher>/add/", recipients.AddRecipients.as_view(), name="add"),
    path("<slug:publisher>/<int:pk>/left/", recipients.MarkAsLeft.as_view(), name="left"),
    path("<slug:publisher>/remind/<slug:policy>/", reminders.Remind.as_view(), name="remind"),
    path("<slug:publisher>/export/", people.Export.as_view(), name="export"),
    path("<slug:publisher>/<int:pk>/", people.EditPerson.as_view(), name="person"),
    path("<slug:publisher>/<int:pk>/suppress/", people.Suppress.as_view(), name="suppress"),
    path("<slug:publisher>/<int:pk>/lift/", people.Lift.as_view(), name="lift"),
    path("<slug:publisher>/<int:pk>/erase/", people.Erase.as_view(), name="erase"),
    path("<slug:publisher>/find/", certificates.FindPerson.as_view(), name="find"),
    path(
        "<slug:publisher>/<int:pk>/certificate/",
        certificates.ShowCertificate.as_view(),
        name="certificate",
    ),
    path(
        "<slug:publisher>/<int:pk>/certificate/pdf/",
        certificates.CertificatePDF.as_view(),
        name="certificate_pdf",
    ),
    path(
        "<slug:publisher>/<int:pk>/certificate/proof/<int:notice>/",
        certificates.CertificateProof.as_view(),
        name="certificate_proof",
    ),
    path(
        "<slug:publisher>/<int:pk>/certificate/salt/",
        certificates.CertificateSalt.as_view(),
        name="certificate_salt",
    ),
]
