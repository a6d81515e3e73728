"""The four lights of a milestone and of a project, by name and word; when each is lit is decided in plan.schedules."""

from collections.abc import Iterable
from enum import Enum


class Light(Enum):
    """The value is what is stored and shown to programs; `label` is what is shown to people."""

    RED = "red"
    YELLOW = "yellow"
    GREEN = "green"
    GREY = "grey"

    @property
    def label(self) -> str:
        """红灯, 黄灯, 绿灯, 灰灯."""
        return {"red": "红灯", "yellow": "黄灯", "green": "绿灯", "grey": "灰灯"}[self.value]

    @property
    def meaning(self) -> str:
        """What the light says of one milestone."""
        return {"red": "已逾期", "yellow": "临期或预计滞后", "green": "正常推进", "grey": "已完成或未定时间"}[self.value]

    @property
    def severity(self) -> int:
        """3 for red down to 0 for grey."""
        return {"red": 3, "yellow": 2, "green": 1, "grey": 0}[self.value]


def worst(lights: Iterable[Light]) -> Light:
    """The worst of `lights`; grey when there is none."""
    return max(lights, key=lambda light: light.severity, default=Light.GREY)
