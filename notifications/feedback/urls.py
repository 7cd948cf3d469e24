"""The address that the mail provider reports to. Nobody else has business there."""

from django.urls import path

from .webhooks import webhook

urlpatterns = [path("feedback/<slug:provider>/", webhook, name="feedback")]
