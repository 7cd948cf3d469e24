"""Addresses of the admin side, below ``/admin/notices/``."""

from django.urls import path

from . import gaps, notices

app_name = "notices_workspace"
urlpatterns = [
    path("", notices.NoticeList.as_view(), name="notices"),
    path("<int:notice>/", notices.ShowNotice.as_view(), name="notice"),
    path("<int:notice>/progress/", notices.NoticeProgress.as_view(), name="progress"),
    path("<int:notice>/pause/", notices.PauseNotice.as_view(), name="pause"),
    path("<int:notice>/resume/", notices.ResumeNotice.as_view(), name="resume"),
    path("<int:notice>/retry/", notices.RetryNotice.as_view(), name="retry"),
    path("<int:notice>/cancel/", notices.CancelNotice.as_view(), name="cancel"),
    path("<int:notice>/gaps/", gaps.ShowGaps.as_view(), name="gaps"),
    path("<int:notice>/gaps.csv", gaps.GapCSV.as_view(), name="gaps_csv"),
    path("<int:notice>/gaps.json", gaps.GapJSON.as_view(), name="gaps_json"),
]
