"""Every read of plans, their documents and the review of what was read from them."""

from .reviewing import PAGE_SIZE, ReviewPage, cells_around, page_of_row, project_detail, review_page, source_stretch
from .rows import (
    PlanPage,
    commits_visible_to,
    document_list,
    documents_visible_to,
    doubts_visible_to,
    file_at,
    plan_list,
    plan_page,
    plans_visible_to,
)

__all__ = [
    "PAGE_SIZE", "PlanPage", "ReviewPage", "cells_around", "commits_visible_to", "document_list", "documents_visible_to",
    "doubts_visible_to", "file_at", "page_of_row", "plan_list", "plan_page", "plans_visible_to", "project_detail",
    "review_page", "source_stretch",
]  # fmt: skip
