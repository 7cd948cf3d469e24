"""Addresses of the admin side, below ``/admin/policies/``."""

from django.urls import path

from . import clauses, policies, publications, publishing

app_name = "documents_workspace"
urlpatterns = [
    path("", policies.PolicyList.as_view(), name="policies"),
    path("<int:pk>/", policies.Outline.as_view(), name="outline"),
    path("<int:pk>/import/", policies.Import.as_view(), name="import"),
    path("<int:pk>/promise/", policies.EditPromise.as_view(), name="promise"),
    path("<int:pk>/clauses/new/", clauses.InsertClause.as_view(), name="insert"),
    path("<int:pk>/clauses/<uuid:after>/new/", clauses.InsertClause.as_view(), name="insert_after"),
    path("<int:pk>/clauses/<uuid:key>/", clauses.EditClause.as_view(), name="clause"),
    *[
        path(
            f"<int:pk>/clauses/<uuid:key>/{change}/",
            clauses.MoveClause.as_view(),
            {"change": change},
            name=f"clause_{change}",
        )
        for change in ("up", "down")
    ],
    path(
        "<int:pk>/clauses/<uuid:key>/remove/", clauses.RemoveClause.as_view(), name="clause_remove"
    ),
    path("<int:pk>/publish/", publishing.PublishVersion.as_view(), name="publish"),
    path(
        "<int:pk>/publications/<int:publication>/",
        publications.ShowPublication.as_view(),
        name="publication",
    ),
    path(
        "<int:pk>/publications/<int:publication>/date/",
        publications.ReschedulePublication.as_view(),
        name="reschedule",
    ),
    path(
        "<int:pk>/publications/<int:publication>/withdraw/",
        publications.WithdrawPublication.as_view(),
        name="withdraw",
    ),
]
