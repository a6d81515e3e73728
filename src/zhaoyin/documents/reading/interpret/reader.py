"""The order of reading: outline, flattened tables, tables, then targets and duties of the prose."""

from ..model import PlanReading
from ..source import Paragraph, SourceDocument
from .collect import ProjectList
from .duties import read_duties
from .flat import read_flat
from .flattened import find_heads
from .outline import outline
from .passage import Sheet, Span, with_next
from .quantities import units_stated
from .targets import read_targets


def interpret(document: SourceDocument, *, year: int | None = None) -> PlanReading:
    """What `document` says, with places and doubts. `year` is the plan's year where the text names none, or another one.

    Never raises for strange contents: what cannot be understood is left out or unknown, with a doubt where it matters.
    """
    text = Sheet.of_paragraphs(document, [i for i, b in enumerate(document.blocks) if isinstance(b, Paragraph)]).all()
    lines = [Span(text.sheet, piece.at, piece.at + piece.length) for piece in text.sheet.pieces]
    head = outline(lines, [], year)
    reading = PlanReading(head.title_text, head.year, head.place)
    reading.doubts.extend(head.doubts)
    if head.title is not None:
        reading.places["title"] = head.title.places
    if head.year_at is not None:
        reading.places["year"] = head.year_at.places
    if head.place_at is not None:
        reading.places["place"] = head.place_at.places
    projects = ProjectList(head.year)
    heads = find_heads(text)
    for one, following in with_next(heads):
        projects.begin_table(continued=one is not heads[0])
        units = units_stated(text.folded[max(0, one.start - 60) : one.start])
        read_flat(text, one, following.start if following else len(text), projects, units)
    prose = [line for line in lines if not heads or line.start < heads[0].start]
    reading.duties, used = read_duties(prose)
    reading.targets = read_targets(prose, used, head.year, scope_of(head.place))
    projects.close()
    reading.projects = projects.projects
    reading.sections = projects.sections
    reading.doubts.extend(projects.doubts)
    return reading


def scope_of(place: str | None) -> str:
    """全市, 全县 … for a place that ends so; "" when it ends otherwise."""
    return f"全{place[-1]}" if place and place[-1] in "省市县区州旗盟镇乡" else ""
