"""All addresses of the site."""

from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

urlpatterns = [
    path("admin/", include(wagtailadmin_urls)),
    path("files/", include(wagtaildocs_urls)),
    path("health/", include("notifications.health.urls")),
    path("", include("notifications.feedback.urls")),
    path("", include("notifications.public.urls")),
    path("", include("documents.public.urls")),
    path("", include(wagtail_urls)),
]
