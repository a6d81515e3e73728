"""The plan's document: the file that a folder brings, or one generated from what its plan.yaml says."""

from collections.abc import Iterator
from pathlib import Path

from zhaoyin.documents.writing.official.model import Block as DocumentBlock
from zhaoyin.documents.writing.official.model import Heading, Text
from zhaoyin.documents.writing.plan_document import PlanDocument, write_plan
from zhaoyin.documents.writing.project_table import ProjectTable, TableRow, TableSection

from .lines import Block


def plan_document(plan: Block, folder: Path, *, demo: bool = False) -> tuple[str, bytes]:
    """Name and contents of the document that is read and committed; `plan` is a checked plan.yaml."""
    if plan["document"]:
        return plan["document"], (folder / plan["document"]).read_bytes()
    document = PlanDocument(
        title=plan["title"],
        body=tuple(_body(plan)),
        table=ProjectTable(plan["annex"] or "重大招商项目推进责任分解表", tuple(map(_section, plan["sections"]))),
        issued_on=plan["known_on"],
        demo=demo,
    )
    return f"{plan['title']}.docx", write_plan(document)


def _body(plan: Block) -> Iterator[DocumentBlock]:
    for chapter in plan["chapters"]:
        yield Heading(1, chapter["title"])
        for paragraph in chapter["paragraphs"]:
            yield Text(paragraph)


def _section(section: Block) -> TableSection:
    declared = section["declared"]
    return TableSection(
        title=section["title"],
        declared=None if declared is None else int(declared),
        rows=tuple(
            TableRow(
                seq=int(row["seq"]), name=row["name"], investment_yi=row["investment_yi"], land_mu=row["land_mu"],
                investor=row["investor"], content=row["content"], progress=tuple(row["progress"]), goals=row["goals"],
                leaders=tuple(row["leaders"]), unit=row["unit"],
            )
            for row in section["projects"]
        ),
    )  # fmt: skip
