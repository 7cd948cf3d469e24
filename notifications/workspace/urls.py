"""Addresses of the admin side, below ``/admin/recipients/``."""

from django.urls import path

from . import recipients

app_name = "notifications_workspace"
urlpatterns = [
    path("", recipients.PublisherList.as_view(), name="publishers"),
    path("<slug:publisher>/", recipients.RecipientList.as_view(), name="recipients"),
    path("<slug:publisher>/results/", recipients.RecipientResults.as_view(), name="results"),
    path("<slug:publisher>/add/", recipients.AddRecipients.as_view(), name="add"),
    path("<slug:publisher>/<int:pk>/left/", recipients.MarkAsLeft.as_view(), name="left"),
]
