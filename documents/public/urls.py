"""Public addresses. Kept for ever: people are sent to them, and courts may be."""

from django.urls import path

from . import views

urlpatterns = [
    path("", views.home, name="home"),
    path("<slug:publisher>/", views.publisher, name="publisher"),
    path("<slug:publisher>/<slug:policy>/", views.policy, name="policy"),
    path("<slug:publisher>/<slug:policy>/versions/", views.versions, name="versions"),
    path("<slug:publisher>/<slug:policy>/versions/<int:number>/", views.version, name="version"),
    path(
        "<slug:publisher>/<slug:policy>/compare/<int:old>..<int:new>/",
        views.compare,
        name="compare",
    ),
]
