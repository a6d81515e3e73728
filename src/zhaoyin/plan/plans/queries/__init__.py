"""Every read of plans, their documents and the review of what was read from them."""

from .outcomes import Outcome, Preview, outcome, preview, touched_projects
from .reviewing import PAGE_SIZE, ReviewPage, cells_around, page_of_row, project_detail, review_page, source_stretch
from .rows import (
    PlanPage,
    commits_visible_to,
    document_list,
    documents_visible_to,
    doubts_visible_to,
    file_at,
    largest_document,
    plan_list,
    plan_page,
    plans_visible_to,
)
from .titles import title_in_force

__all__ = [
    "PAGE_SIZE", "Outcome", "PlanPage", "Preview", "ReviewPage", "cells_around", "commits_visible_to", "document_list",
    "documents_visible_to", "doubts_visible_to", "file_at", "largest_document", "outcome", "page_of_row", "plan_list",
    "plan_page", "plans_visible_to", "preview", "project_detail", "review_page", "source_stretch", "title_in_force",
    "touched_projects",
]  # fmt: skip
