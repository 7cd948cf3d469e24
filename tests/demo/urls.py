"""The site with the screens of the demo, as development settings hook them in."""

from django.urls import include, path

from legalcms.urls import urlpatterns as site

urlpatterns = [path("admin/demo-mails/", include("legalcms.demo.screens")), *site]
