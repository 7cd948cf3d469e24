"""Public addresses of notices, kept for ever: mails link to them."""

from django.urls import path

from . import following, views

NOTICE = "<slug:publisher>/notices/<int:publication>-<int:number>/"
urlpatterns = [
    path("follow/confirm/<str:token>", following.confirm, name="follow_confirm"),
    path("follow/stop/<str:token>", following.stop, name="follow_stop"),
    path("<slug:publisher>/notices/", views.notices, name="notices"),
    path(NOTICE, views.notice, name="notice"),
    path(f"{NOTICE}<slug:language>/", views.message, name="notice_message"),
    path("<slug:publisher>/<slug:policy>/follow/", following.follow, name="follow"),
]
