"""Writing: official documents (`official`), plans (`plan_document`), the project table (`project_table`), lists (`sheets`),
and the check of a finished document's format (`checks`). Pure functions from plain values to bytes."""
