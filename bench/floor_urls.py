"""One query of fifty rows, printed as plain text."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from zhaoyin.record.projects.models import Project


def fifty(request: HttpRequest) -> HttpResponse:
    """The first fifty projects' names and sums."""
    rows = Project.objects.order_by("pk").values_list("id", "name", "investor", "investment_yi", "land_mu", "stage")[
        :50
    ]
    return HttpResponse("\n".join(f"{row}" for row in rows), content_type="text/plain")


urlpatterns = [path("", fifty)]
