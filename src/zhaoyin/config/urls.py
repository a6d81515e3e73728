"""Every address of the product: each room brings its own."""

from django.urls import include, path

handler400 = "zhaoyin.ground.ui.views.bad_request"
urlpatterns = [
    path("", include("zhaoyin.report.library.urls")),
    path("plans/", include("zhaoyin.plan.plans.urls")),
    path("targets/", include("zhaoyin.plan.targets.urls")),
    path("projects/", include("zhaoyin.record.projects.urls")),
    path("imports/", include("zhaoyin.record.imports.urls")),
    path("filings/", include("zhaoyin.record.filings.urls")),
    path("milestones/", include("zhaoyin.plan.schedules.urls")),
    path("supervision/", include("zhaoyin.report.supervision.urls")),
    path("organisations/", include("zhaoyin.ground.organisations.urls")),
    path("account/", include("zhaoyin.ground.accounts.urls")),
    path("journal/", include("zhaoyin.ground.audit.urls")),
    path("view/", include("zhaoyin.ground.ui.urls")),
]
