"""The lights (domain.md §4): one value for a milestone or a project, as of a day."""

from enum import StrEnum


class Light(StrEnum):
    """Red past due, yellow near due or striven-for and past, green on time, grey done or undated. Worst first."""

    RED = "red"
    YELLOW = "yellow"
    GREEN = "green"
    GREY = "grey"

    @property
    def label(self) -> str:
        """The word that goes with the shape, so that colour alone never carries the meaning."""
        return LABELS[self]

    @property
    def rank(self) -> int:
        """0 for the worst, 3 for the mildest."""
        return RANK[self]


LABELS: dict[Light, str] = {Light.RED: "逾期", Light.YELLOW: "预警", Light.GREEN: "按期", Light.GREY: "未定期"}
RANK: dict[Light, int] = {light: number for number, light in enumerate(Light)}
