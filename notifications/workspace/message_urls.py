"""Addresses of the mails that people get, below ``/admin/notices/``."""

from django.urls import path

from . import message_screens as screens

app_name = "notice_messages"
PUBLICATION = "<int:pk>/publications/<int:publication>"
urlpatterns = [
    path("<int:pk>/next/", screens.NextMessage.as_view(), name="next"),
    path(f"{PUBLICATION}/<int:number>/", screens.StoredMessage.as_view(), name="stored"),
    path(f"{PUBLICATION}/withdrawal/", screens.WithdrawalMessage.as_view(), name="withdrawal"),
]
