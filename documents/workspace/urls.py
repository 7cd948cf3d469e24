"""Addresses of the admin side, below ``/admin/policies/``."""

from django.urls import path

from . import (
    clauses,
    comparisons,
    evidence,
    import_corrections,
    imports,
    policies,
    proposals,
    publications,
    publishing,
    removals,
    reviewing,
    story,
)

app_name = "documents_workspace"
urlpatterns = [
    path("", policies.PolicyList.as_view(), name="policies"),
    path("<int:pk>/", policies.Outline.as_view(), name="outline"),
    path("<int:pk>/story/", story.ShowStory.as_view(), name="story"),
    path("<int:pk>/compare/", comparisons.ComparePolicy.as_view(), name="compare"),
    path("<int:pk>/import/", imports.ImportFile.as_view(), name="import"),
    *[
        path(f"<int:pk>/import/<int:imported>/{end}", view.as_view(), name=f"import_{name}")
        for name, end, view in (
            ("review", "", imports.ReviewImport),
            ("file", "file/", imports.DownloadFile),
            ("matches", "matches/", import_corrections.ChooseMatches),
            ("number", "number/", import_corrections.NumberClauses),
            ("take_in", "left-out/<int:at>/", import_corrections.TakeIn),
            ("accept", "accept/", imports.AcceptImport),
            ("again", "again/", imports.StartAgain),
            ("discard", "discard/", imports.DiscardImport),
            ("clause", "clauses/<int:at>/", import_corrections.CorrectClause),
            ("join", "clauses/<int:at>/join/", import_corrections.JoinClause),
            ("split", "clauses/<int:at>/split/", import_corrections.SplitClause),
        )
    ],
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
    *[
        path(
            f"<int:pk>/publications/<int:publication>/{name.replace('_', '-')}/",
            view.as_view(),
            name=name,
        )
        for name, view in {
            "withdraw": publications.WithdrawPublication,
            "hold": publications.HoldPublication,
            "sign_off": publications.SignOffFailures,
            "earlier_date": publications.AskEarlierDate,
            "evidence": evidence.DownloadEvidence,
        }.items()
    ],
    *[
        path(
            f"<int:pk>/publications/<int:publication>/motions/<int:motion>/{answer}/",
            publications.DecideMotion.as_view(),
            {"answer": answer},
            name=f"motion_{answer}",
        )
        for answer in ("confirm", "refuse")
    ],
    path(
        "<int:pk>/proposals/<int:publication>/", proposals.ShowProposal.as_view(), name="proposal"
    ),
    *[
        path(
            f"<int:pk>/proposals/<int:publication>/{name}/",
            view.as_view(),
            name=f"proposal_{name}",
        )
        for name, view in {
            "approve": proposals.ApproveProposal,
            "publish": proposals.PublishProposal,
            "discard": proposals.DiscardProposal,
        }.items()
    ],
    path("<int:pk>/review/", reviewing.Review.as_view(), name="review"),
    path("<int:pk>/review/details/", reviewing.JudgeChange.as_view(), name="judge_details"),
    path("<int:pk>/review/<uuid:key>/", reviewing.JudgeChange.as_view(), name="judge"),
    path(
        "<int:pk>/review/decisions/<int:decision>/",
        reviewing.ConfirmDecision.as_view(),
        name="confirm_decision",
    ),
    path("<int:pk>/removal/", removals.RemoveByOrder.as_view(), name="removal"),
    *[
        path(
            f"<int:pk>/removal/<int:motion>/{answer}/",
            removals.DecideRemoval.as_view(),
            {"answer": answer},
            name=f"removal_{answer}",
        )
        for answer in ("confirm", "refuse")
    ],
    path("<int:pk>/restore/<int:number>/", policies.RestoreVersion.as_view(), name="restore"),
    path("rules/<slug:publisher>/", policies.PublisherRules.as_view(), name="rules"),
]
