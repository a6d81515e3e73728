"""What a reading comes to: the rows a commit would make, and its doubts in the order of the document."""

from dataclasses import dataclass

from zhaoyin.documents.reading.model import Doubt, PlanReading

from ..stored import Json

LAST = (10**9,)


@dataclass(frozen=True, slots=True)
class Counts:
    """How many rows a commit of a first edition makes."""

    projects: int
    milestones: int
    targets: int
    duties: int
    units: int


def counts(reading: Json) -> Counts:
    """The rows in a reading; several lead units of one project count as the first of them does when it is committed."""
    projects = reading["projects"]
    return Counts(
        len(projects),
        sum(len(project["milestones"]) for project in projects),
        len(reading["targets"]),
        len(reading["duties"]),
        len({project["unit"] for project in projects if project["unit"]}),
    )


def ordered_doubts(reading: PlanReading) -> list[tuple[int | None, Doubt]]:
    """Every doubt with the row of its project (None: of the whole document), in the order of the printing."""
    found: list[tuple[int | None, Doubt]] = [(None, doubt) for doubt in reading.doubts]
    for row, project in enumerate(reading.projects):
        found += [(row, doubt) for doubt in project.doubts]

    def position(entry: tuple[int | None, Doubt]) -> tuple[int, ...]:
        row, doubt = entry
        place = doubt.place
        if place is None and row is not None:
            places = reading.projects[row].places
            place = next(iter(places.get(doubt.field) or places.get("name") or ()), None)
        return LAST if place is None else (place.block, place.row or 0, place.cell or 0, place.start)

    return sorted(found, key=position)
